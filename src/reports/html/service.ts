import { expandTabs, frameLines } from "../console/index.ts";
import { type CheckedService, type CheckFinding, countPhrase } from "../../examine/model/index.ts";
import { fileName } from "../model/index.ts";
import { codeBlock, type CodeRow, lineContent } from "./code.ts";
import {
  alignRows,
  compare,
  type Comparison,
  type ManifestMark,
  type Row,
  type StoredMark,
  withoutComparison,
} from "./comparison.ts";
import type { PageFinding } from "./finding.ts";
import { indentOf, manifestText, type ManifestText } from "./manifest.ts";
import { html, type Markup, type Part, prose } from "./markup.ts";

/** A Service with its id on the page and its findings. */
export interface PageService {
  readonly id: string;
  readonly service: CheckedService;
  readonly findings: readonly PageFinding[];
}

const STORED_TEXTS = {
  same: undefined,
  added: "added by the API server",
  changed: "changed by the API server",
  picked: "allocated by the API server",
  kept: "kept as it was stored",
} as const satisfies Record<StoredMark, string | undefined>;

const MANIFEST_TEXTS = {
  changed: "changed by the API server",
  dropped: "dropped by the API server",
} as const satisfies Record<ManifestMark, string>;

/** One Service as a foldable section: its manifest beside the object as the cluster would store it. */
export function serviceDetails({ id, service, findings }: PageService): Markup {
  const text = manifestText(service);
  const comparison = comparisonOf(service, text);
  const rows = alignRows(text.lines.length, comparison?.stored ?? []);
  const first = service.region.startLine;
  const label = `${service.namespace}/${service.name}`;
  const firstOfLine = new Map(findings.toReversed().map(({ finding }) => [finding.region.startLine, finding]));
  return html`<details id="${id}" class="service" data-name="${label}">
    <summary>
      <span class="name">${label}</span>${chip(service.stored?.spec.type)}
      <span class="where">${fileName(service.file)}:${first}</span
      ><span class="facts">${facts(findings, comparison)}</span>
    </summary>
    ${
      findings.length > 0 &&
      html`<ul class="about">
        ${findings.map(aboutItem)}
      </ul>`
    }
    <div class="panes">
      <figure>
        <figcaption>Manifest</figcaption>
        ${codeBlock(
          `Manifest of ${label}`,
          rows.map((row) => manifestRow(row, text, first, firstOfLine, comparison)),
        )}
      </figure>
      <figure>
        <figcaption>As the cluster would store it</figcaption>
        ${comparison === undefined ? refusal() : codeBlock(`${label} as the cluster would store it`, rows.map(storedRow))}
      </figure>
    </div>
  </details>`;
}

function comparisonOf(service: CheckedService, { document }: ManifestText): Comparison | undefined {
  if (service.stored === undefined) return undefined;
  if (document === undefined) return withoutComparison(service.stored);
  const { stored, allocated, old } = service;
  return compare(document, { stored, allocated, old });
}

function chip(text: string | undefined): Part {
  return text !== undefined && html`<span class="chip">${text}</span>`;
}

function refusal(): Markup {
  return html`<p class="refusal">Not stored: the API server refuses this object.</p>`;
}

function aboutItem({ id, finding }: PageFinding): Markup {
  return html`<li>
    <span class="badge ${finding.suppressed === undefined ? finding.severity : "quiet"}">${finding.severity}</span>
    <a href="#${id}">${prose(finding.message)}</a>
  </li>`;
}

function facts(findings: readonly PageFinding[], comparison: Comparison | undefined): Part {
  const counted = findings.filter(({ finding }) => finding.suppressed === undefined);
  const badges = (["error", "warning", "note"] as const).map((severity): Part => {
    const number = counted.filter(({ finding }) => finding.severity === severity).length;
    return number > 0 && html`<span class="badge ${severity}">${countPhrase(number, severity)}</span>`;
  });
  if (comparison === undefined) return [badges, html`<span class="badge error">refused</span>`];
  const differences = (["added", "changed", "picked", "kept"] as const).map((mark): Part => {
    const number = comparison.stored.filter((line) => line.mark === mark && line.value !== undefined).length;
    return number > 0 && html`<span class="tally ${mark}">${number} ${mark === "picked" ? "allocated" : mark}</span>`;
  });
  const dropped = [...comparison.manifest.values()].filter((mark) => mark === "dropped").length;
  return [
    badges,
    differences,
    dropped > 0 && html`<span class="tally dropped">${countPhrase(dropped, "line")} dropped</span>`,
  ];
}

function manifestRow(
  { manifest }: Row,
  { lines, indent }: ManifestText,
  first: number,
  findings: ReadonlyMap<number, CheckFinding>,
  comparison: Comparison | undefined,
): CodeRow {
  if (manifest === undefined) return { kind: "filler", content: "" };
  const number = first + manifest - 1;
  const line = lines[manifest - 1] ?? "";
  const mark = comparison?.manifest.get(manifest);
  const found = findings.get(number);
  return {
    kind: [mark, found && "hit"].filter((part) => part !== undefined).join(" "),
    ...(mark && { spoken: MANIFEST_TEXTS[mark] }),
    number,
    content:
      found === undefined
        ? expandTabs(line.slice(indentOf(line, indent)), 0)
        : foundContent(found, number, line, indent),
  };
}

/**
 * The line in which a finding starts. Its columns are those of the file, from which the shared indentation is removed
 * here.
 */
function foundContent(finding: CheckFinding, number: number, text: string, indent: number): Part {
  const [line] = frameLines({ region: finding.region, frame: { firstLine: number, lines: [text] } });
  if (line === undefined) return text;
  const before = line.before.slice(indentOf(line.before, indent));
  return lineContent({ ...line, before }, finding.suppressed === undefined ? finding.severity : "quiet");
}

function storedRow({ stored }: Row): CodeRow {
  if (stored === undefined) return { kind: "filler", content: "" };
  const spoken = STORED_TEXTS[stored.mark];
  const isAllocated = stored.mark === "picked" && stored.value !== undefined;
  return {
    kind: stored.mark === "same" ? "" : stored.mark,
    ...(spoken !== undefined && { spoken }),
    content: isAllocated
      ? html`${stored.label}<em>${allocatedText(stored.value)}</em>`
      : `${stored.label}${stored.value ?? ""}`,
  };
}

/** An allocated value in words: a placeholder such as `<allocated IPv4>`, or 0 for a port. */
function allocatedText(value: string | undefined): string {
  return /<([^>]*)>/.exec(value ?? "")?.[1] ?? "allocated";
}
