import { createHash } from "node:crypto";
import { countPhrase, type Severity } from "../../examine/model/index.ts";
import { fileName, type ReporterOptions, type RunFacts, type Summary, summaryText } from "../model/index.ts";
import { findingArticle, type PageFinding } from "./finding.ts";
import { html, type Markup, type Part, prose, rawHtml } from "./markup.ts";
import { SCRIPT } from "./script.ts";
import { type PageService, serviceDetails } from "./service.ts";
import { STYLES } from "./styles.ts";

/** The content of the page. */
export interface PageContent {
  readonly findings: readonly PageFinding[];
  readonly services: readonly PageService[];
  readonly summary: Summary;
  readonly options: ReporterOptions;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='5.5' fill='none' stroke='%230b7285' stroke-width='3'/%3E%3C/svg%3E";

/** The content security policy: the page may run its own script and use its own style sheet, and fetch nothing. */
const CONTENT_POLICY = [
  "default-src 'none'",
  `script-src '${hashOf(SCRIPT)}'`,
  `style-src '${hashOf(STYLES)}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** A script or style element. The text is inserted unchanged, since the content security policy contains its hash. */
function element(name: "script" | "style", text: string): Markup {
  return rawHtml(`<${name}>${text}</${name}>`);
}

/** The whole page. */
export function page(content: PageContent): Markup {
  const { summary, options } = content;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Fairlead: ${summaryText(summary)}</title>
        <link rel="icon" href="${ICON}" />
        ${element("style", STYLES)}
      </head>
      <body>
        <a class="skip" href="#findings">Skip to the findings</a>
        ${header(summary, options)}
        <main>
          ${toolbar(content)}
          <section id="findings" aria-labelledby="findings-title" tabindex="-1">
            <h2 id="findings-title">Findings <span class="count" id="shown" role="status"></span></h2>
            ${content.findings.length === 0 ? noFindings(summary) : byFile(content.findings).map((group) => fileSection(group, options))}
            <p class="nothing" id="none-shown" hidden>
              No finding matches these filters. <button type="button" id="reset">Show all</button>
            </p>
          </section>
          ${content.services.length > 0 && services(content.services)}
        </main>
        <footer>Written by Fairlead ${options.version}. The id of a rule links to its description.</footer>
        ${element("script", SCRIPT)}
      </body>
    </html> `;
}

function header(summary: Summary, { target, run }: ReporterOptions): Markup {
  const judged =
    target &&
    html`<p class="target">Kubernetes ${target.kubernetes}, cluster profile <code>${target.cluster}</code></p>`;
  return html`<header class="top">
    <div class="title">
      <h1>Fairlead <span>check</span></h1>
      ${judged}
    </div>
    <p class="verdict ${conclusionKind(summary)}">${conclusion(summary)}</p>
    ${run && runFacts(run)} ${summary.leftOut?.map((sentence) => html`<p class="target">${prose(sentence)}</p>`)}
    <dl class="tiles">
      ${tile("Errors", summary.errors, "error")}${tile("Warnings", summary.warnings, "warning")}${tile("Notes", summary.notes, "note")}
      ${tile("Suppressed", summary.suppressed)}${tile("Services", summary.services)}${tile("Files", summary.files)}
      ${summary.otherKinds > 0 && tile("Other kinds", summary.otherKinds)}${summary.unusable > 0 && tile("Unusable", summary.unusable, "error")}
    </dl>
  </header>`;
}

function runFacts({ date, command, commit }: RunFacts): Markup {
  return html`<p class="target run">
    <time datetime="${date}">${date.slice(0, "YYYY-MM-DDTHH:MM".length).replace("T", " ")} UTC</time>
    ${commit !== undefined && html`<span>commit <code>${commit.slice(0, 12)}</code></span>`}
    <code>${words(command)}</code>
  </p>`;
}

/** The command line, which is broken between its words only. */
function words(command: string): Part {
  return command.split(" ").map((word, index) => html`${index > 0 && " "}<span class="word">${word}</span>`);
}

function conclusionKind(summary: Summary): string {
  if (summary.errors > 0 || summary.unusable > 0) return "error";
  return summary.warnings > 0 ? "warning" : "good";
}

function conclusion(summary: Summary): string {
  const { errors, warnings, unusable } = summary;
  // An input that could not be used is counted as an error, too.
  if (unusable > 0 && errors <= unusable) return `${countPhrase(unusable, "input")} could not be checked.`;
  if (errors > 0) return `${countPhrase(errors, "error")} to fix before these Services can be applied.`;
  if (warnings > 0) return `No errors; ${countPhrase(warnings, "warning")} to review.`;
  if (summary.services === 0) return "No Service was found.";
  // What is suppressed or was not judged may well be refused.
  if (summary.suppressed > 0) return `No errors and no warnings, except for ${summary.suppressed} suppressed.`;
  if (summary.leftOut !== undefined) return "No errors and no warnings in what was checked.";
  return "No errors and no warnings: the API server would accept everything.";
}

function tile(name: string, number: number, kind?: Severity): Markup {
  return html`<div class="tile${number > 0 && kind !== undefined && ` ${kind}`}">
    <dt>${name}</dt>
    <dd>${number}</dd>
  </div>`;
}

/** The filters; hidden until the script runs, without which they would have no effect. */
function toolbar({ findings, services: all }: PageContent): Markup {
  const rules = [...new Set(findings.map(({ finding }) => finding.rule))].sort();
  const counted = findings.filter(({ finding }) => finding.suppressed === undefined);
  return html`<form class="toolbar" id="filters" role="search" aria-label="Filter the findings" hidden>
    <label class="search"
      ><span class="spoken">Words, file or Service</span>
      <input
        type="search"
        id="words"
        placeholder="Filter by words, file or Service"
        autocomplete="off"
        spellcheck="false"
    /></label>
    <label class="rules" ${findings.length === 0 && "hidden"}
      ><span class="spoken">Rule</span>
      <select id="rule">
        <option value="">All rules</option>
        ${rules.map((rule) => html`<option>${rule}</option>`)}
      </select></label
    >
    <div class="toggles" role="group" aria-label="Severities to show" ${findings.length === 0 && "hidden"}>
      ${(["error", "warning", "note"] as const).map((severity) => {
        const number = counted.filter(({ finding }) => finding.severity === severity).length;
        return number > 0 && toggle(severity, countPhrase(number, severity));
      })}
      ${counted.length < findings.length && toggle("suppressed", `${findings.length - counted.length} suppressed`)}
    </div>
    ${all.length > 0 && html`<a class="jump" href="#services">Services</a>`}
  </form>`;
}

function toggle(kind: string, label: string): Markup {
  return html`<button type="button" class="toggle ${kind}" data-show="${kind}" aria-pressed="true">${label}</button>`;
}

function noFindings(summary: Summary): Markup {
  return html`<p class="nothing">${summary.services === 0 ? "There was nothing to check." : "No findings."}</p>`;
}

interface FileGroup {
  readonly file: string;
  readonly findings: readonly PageFinding[];
}

/** The findings of one severity and file together; a file with errors and warnings is two groups. */
function byFile(findings: readonly PageFinding[]): FileGroup[] {
  const groups = new Map<string, { readonly file: string; readonly findings: PageFinding[] }>();
  for (const each of findings) {
    const { file, severity, suppressed } = each.finding;
    const key = JSON.stringify([suppressed === undefined && severity, file]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { file, findings: [each] });
    else group.findings.push(each);
  }
  return [...groups.values()];
}

function fileSection({ file, findings }: FileGroup, { rule }: ReporterOptions): Markup {
  return html`<section class="file">
    <h3>${fileName(file)}</h3>
    ${findings.map((entry) => findingArticle(entry, rule(entry.finding.rule)))}
  </section>`;
}

/** The most Services on a page: browsers are slow with more. Services with findings take precedence over others. */
const MAX_SERVICES = 1000;

function services(all: readonly PageService[]): Part {
  const withoutFindings = all.filter(({ findings }) => findings.length === 0);
  const remaining = Math.max(0, MAX_SERVICES - (all.length - withoutFindings.length));
  const leftOut = new Set(withoutFindings.slice(remaining));
  return html`<section id="services" aria-labelledby="services-title">
    <h2 id="services-title">
      Services <span class="count">${all.length}</span>
      <span class="actions"
        ><button type="button" data-open="all">Unfold all</button>
        <button type="button" data-open="none">Fold all</button></span
      >
    </h2>
    <p class="legend">
      The manifest beside the object as the cluster would store it: <span class="tally added">added</span>
      <span class="tally changed">changed</span> <span class="tally picked">allocated by the API server</span>
      <span class="tally kept">kept as it was stored</span>
      <span class="tally dropped">dropped</span>
    </p>
    ${all.filter((each) => !leftOut.has(each)).map(serviceDetails)}
    ${leftOut.size > 0 && html`<p class="nothing">${countPhrase(leftOut.size, "more Service")} without findings are not listed.</p>`}
  </section>`;
}
