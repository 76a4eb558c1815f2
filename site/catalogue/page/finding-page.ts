import { CHECK_RULES, type CheckRule } from "../../../src/examine/findings/rule-texts.ts";
import type { RuleText } from "../../../src/examine/model/rule-text.ts";
import { rangeOptions } from "../../../src/service/messages/cluster-range.ts";
import { type Code, consequenceOf, MESSAGES, messageTitle } from "../../../src/service/messages/messages.ts";
import { type CatalogueExample, ENGINE_EXAMPLES, hasTexts, OWN_EXAMPLES } from "../examples/index.ts";
import { type Outcome, outcomeOf } from "../run/run-example.ts";
import { exampleParts } from "./example-part.ts";
import { asSentence, block, type CataloguePage, paragraphs, prose, section } from "./markdown.ts";
import { fieldLink, fieldsOf, relatedTo } from "./places.ts";
import { versionsPart } from "./versions-part.ts";

/** What is said of a rule before its example. */
interface About {
  readonly rule: string;
  readonly title: string;
  readonly why: readonly string[];
  /** Who says it, and where. */
  readonly toldBy: string;
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
  const consequence = asSentence(consequenceOf(code));
  return pageOf(
    {
      rule: code,
      title: messageTitle(code),
      why: [example.why, ...range],
      toldBy: `${consequence} The webhook answers the same before the API server stores anything, and \`fairlead check\` says it of the manifest.`,
    },
    example,
  );
}

function ownPage(rule: CheckRule): Promise<CataloguePage> {
  const { title, help }: RuleText = CHECK_RULES[rule];
  const isOfUpgrade = help.startsWith("`fairlead upgrade`");
  const toldBy = isOfUpgrade
    ? "`fairlead upgrade` alone: no API server says it."
    : "`fairlead check` alone: neither the API server nor the webhook says it.";
  return pageOf({ rule, title, why: [help], toldBy }, OWN_EXAMPLES[rule]);
}

async function pageOf(
  { rule, title, why, toldBy }: About,
  example: Parameters<typeof hasTexts>[0],
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
    section("Fix", fixText(example, bad, found[0]?.fix)),
    section("Who says it", prose(toldBy), causeText(found), prose(example.onlyInRequests?.because ?? "")),
    section("Versions", await versionsPart(example, fields)),
    fieldSection(fields),
    relatedSection(rule, fields),
  );
  return { path, title: rule, description, markdown: `${markdown}\n` };
}

/** What to change, and who can do it. */
export function fixText(example: CatalogueExample, bad: Outcome, fix: string | undefined): string {
  if (example.onlyInRequests !== undefined) return prose(asSentence(fix ?? "No manifest is to be changed"));
  const isMade = bad.fixed !== example.bad;
  return paragraphs(
    fix === undefined ? "What would be right depends on what is meant: see the good example." : prose(asSentence(fix)),
    isMade
      ? "`fairlead check --fix` makes this change, and so does the quick fix of an editor: the good example is what comes of it."
      : "`fairlead check --fix` does not make this change: it would have to guess.",
  );
}

function causeText(found: Outcome["findings"]): string | undefined {
  const caused = found.find(({ reason }) => reason !== undefined);
  return caused?.reason === undefined
    ? undefined
    : `In the API server's answer it is a cause of the field \`${caused.field}\` with the reason \`${caused.reason}\`.`;
}

/** Links to the fields in the reference of the Service. */
export function fieldSection(fields: readonly string[]): string | undefined {
  return section("Fields", fields.map((field) => `- ${fieldLink(field)}`).join("\n"));
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
