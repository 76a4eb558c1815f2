import { CHECK_RULES, type CheckRule } from "../../../src/examine/findings/rule-texts.ts";
import type { RuleText } from "../../../src/examine/model/rule-text.ts";
import { rangeOptions } from "../../../src/service/messages/cluster-range.ts";
import { type Code, consequenceOf, MESSAGES, messageTitle } from "../../../src/service/messages/messages.ts";
import {
  type CatalogueExample,
  ENGINE_EXAMPLES,
  type ExampleInWords,
  hasTexts,
  isOnlyInRequests,
  OWN_EXAMPLES,
} from "../examples/index.ts";
import { type Outcome, outcomeOf } from "../run/run-example.ts";
import { changedLines } from "./changed-lines.ts";
import { exampleParts } from "./example-part.ts";
import { asSentence, block, type CataloguePage, paragraphs, prose, section } from "./markdown.ts";
import { fieldLine, fieldsOf, relatedTo } from "./places.ts";
import { versionsPart } from "./versions-part.ts";

/** What is said of a rule before its example. */
interface About {
  readonly rule: string;
  readonly title: string;
  readonly why: readonly string[];
  /** Who says it, and where. */
  readonly toldBy: string;
  /** Where the reason of a cause is found. */
  readonly whereCaused: string;
}

/** The pages of the engine's codes and of the check's own rules, under `findings/`. */
export async function findingPages(): Promise<readonly CataloguePage[]> {
  const codes = Object.keys(MESSAGES).filter((code): code is Code => Object.hasOwn(MESSAGES, code));
  const own = Object.keys(CHECK_RULES).filter((rule): rule is CheckRule => Object.hasOwn(CHECK_RULES, rule));
  return Promise.all([...codes.map(codePage), ...own.map(ownPage)]);
}

function codePage(code: Code): Promise<CataloguePage> {
  const example = ENGINE_EXAMPLES[code];
  const options = rangeOptions(code);
  const range =
    options === undefined ? [] : [`The cluster's ranges decide: \`fairlead check\` takes them from ${options}.`];
  const ofManifest = isOnlyInRequests(example) ? "" : ", and `fairlead check` says it of the manifest";
  const about: About = {
    rule: code,
    title: messageTitle(code),
    why: [example.why, ...range],
    toldBy: `${asSentence(consequenceOf(code))} The webhook says it before anything is stored${ofManifest}.`,
    whereCaused: "In the API server's answer",
  };
  return pageOf(about, example);
}

function ownPage(rule: CheckRule): Promise<CataloguePage> {
  const { title, help }: RuleText = CHECK_RULES[rule];
  const isOfUpgrade = help.startsWith("`fairlead upgrade`");
  const toldBy = isOfUpgrade
    ? "`fairlead upgrade` alone: no API server says it."
    : "`fairlead check` alone: neither the API server nor the webhook says it.";
  const whereCaused = "Where the API server refuses the request that is sent";
  return pageOf({ rule, title, why: [help], toldBy, whereCaused }, OWN_EXAMPLES[rule]);
}

async function pageOf(
  { rule, title, why, toldBy, whereCaused }: About,
  example: CatalogueExample | ExampleInWords,
): Promise<CataloguePage> {
  const path = `findings/${rule}`;
  const description = asSentence(title);
  const head = [`# ${rule}`, prose(description)];
  if (!hasTexts(example)) {
    const session = example.session === undefined ? undefined : block("console", example.session);
    const fields = fieldsOf(rule, []);
    const markdown = paragraphs(
      ...head,
      section("Why", ...why.map(prose)),
      section("Example", prose(example.notAManifest), session),
      section("Fix", prose(example.fix ?? "")),
      section("Who says it", toldBy),
      fieldSection(fields),
      relatedSection(rule, fields),
    );
    return { path, title: rule, description, markdown: `${markdown}\n` };
  }
  const bad = await outcomeOf(example, "bad");
  const found = bad.findings.filter((one) => one.rule === rule);
  const fields = fieldsOf(
    rule,
    found.map(({ field }) => field),
  );
  const markdown = paragraphs(
    ...head,
    found[0] === undefined ? undefined : `Severity: **${found[0].severity}**`,
    section("Why", ...why.map(prose)),
    section("Example", exampleParts(rule, example, bad)),
    section("Fix", fixText(example, bad, found[0]?.fix), found[0]?.severity === "error" ? undefined : KEPT),
    section("Who says it", prose(toldBy), causeText(found, whereCaused), prose(example.onlyInRequests?.because ?? "")),
    section("Versions", await versionsPart(example)),
    fieldSection(fields),
    relatedSection(rule, fields),
  );
  return { path, title: rule, description, markdown: `${markdown}\n` };
}

const KEPT =
  "If it is meant to be so: with [a baseline](/docs/ci#existing-findings), only findings that are new fail a run.";

/** What to change, and who can do it. */
export function fixText(example: CatalogueExample, bad: Outcome, fix: string | undefined): string {
  const changed = changedLines(example.bad, example.good);
  const text = fix === undefined ? "What would be right depends on what is meant." : prose(asSentence(fix));
  const difference =
    changed === undefined ? undefined : paragraphs("From the bad example to the good one:", block("diff", changed));
  if (isOnlyInRequests(example)) return paragraphs(text, difference);
  const isMade = bad.fixed !== example.bad;
  return paragraphs(
    text,
    difference,
    isMade
      ? "`fairlead check --fix` makes this change, and so does the quick fix of an editor."
      : "`fairlead check --fix` does not make this change: it would have to guess.",
  );
}

function causeText(found: Outcome["findings"], where: string): string | undefined {
  const caused = found.find(({ reason }) => reason !== undefined);
  return caused?.reason === undefined
    ? undefined
    : `${where}, it is a cause of the field \`${caused.field}\` with the reason \`${caused.reason}\`.`;
}

/** Links to the fields in the reference of the Service. */
export function fieldSection(fields: readonly string[]): string | undefined {
  return section("Fields", fields.map((field) => `- ${fieldLine(field)}`).join("\n"));
}

/** Links to other pages of the catalogue. */
export function relatedSection(rule: string, fields: readonly string[]): string | undefined {
  return section(
    "See also",
    relatedTo(rule, fields)
      .map((link) => `- ${link}`)
      .join("\n"),
  );
}
