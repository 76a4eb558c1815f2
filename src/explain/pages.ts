import { nearestWord, wrapText } from "../field/index.ts";
import { type Code, consequenceOf, MESSAGES, messageTitle, oneOf, rangeOptions } from "../service/messages/index.ts";
import { FIELD_HELP, type FieldHelp } from "../service/schema/index.ts";
import { type Feature, fieldSince, gateOf, introducedIn, versionText } from "../service/versions/index.ts";

/** The facts about a field, as the lines `name: text` of its page. Those of `spec` and `status` say also what is not. */
export function fieldFacts(help: FieldHelp): readonly { readonly name: string; readonly text: string }[] {
  const titles = (codes: readonly Code[] | undefined): string[] =>
    (codes ?? []).map((code) => `${messageTitle(code)} (${code})`);
  const isVersioned = help.since !== undefined;
  const refused = titles(help.rules);
  return [
    { name: "values", text: oneOf(help.values) },
    { name: "default", text: help.default ?? (isVersioned ? "none" : "") },
    ...(isVersioned && refused.length === 0 ? ["nothing but another type in JSON"] : refused).map((text) => ({
      name: "refused",
      text,
    })),
    ...titles(help.warnings).map((text) => ({ name: "warning", text })),
    { name: "cleared", text: help.wiped ?? (isVersioned ? "never" : "") },
    { name: "since", text: sinceText(help.since) },
  ].filter(({ text }) => text !== "");
}

function sinceText(since: Feature | number | undefined): string {
  if (since === undefined) return "";
  if (typeof since === "number") return `Kubernetes ${versionText({ minor: since })}`;
  const field = fieldSince(since);
  const introduced = introducedIn(since);
  const gate = gateOf(since);
  const earlier =
    gate === undefined || field >= introduced.minor
      ? ""
      : `; from ${versionText({ minor: field })} on with the feature gate ${gate}`;
  return `Kubernetes ${versionText(introduced)}${earlier}`;
}

/** The columns of a page, unless it is printed to a terminal of another width. */
const WIDTH = 100;

/** The field that a topic names, in the way of the tables: `spec.ports[].port` for `ports[0].port` or `Service.spec.ports.port`. */
export function fieldOfTopic(topic: string): string | undefined {
  const path = topic
    .replace(/^service\./i, "")
    .replaceAll(/\[\d*\]/g, "[]")
    .replace(/^ports/, "spec.ports");
  return Object.keys(FIELD_HELP).find((field) => field === path || field.replaceAll("[]", "") === path);
}

/** The page of a field or of a rule of the engine; undefined for an unknown topic. @param width the number of columns */
export function explainTopic(topic: string, width = WIDTH): string | undefined {
  const name = fieldOfTopic(topic);
  const help = name === undefined ? undefined : FIELD_HELP[name];
  if (name !== undefined && help !== undefined) return fieldPage(name, help, width);
  const code = Object.keys(MESSAGES).find((one): one is Code => one === topic);
  return code === undefined ? undefined : rulePage(code, width);
}

function fieldPage(name: string, help: FieldHelp, width: number): string {
  const below = Object.keys(FIELD_HELP).filter((field) => isDirectlyBelow(field, name));
  const facts = fieldFacts(help).flatMap((fact) =>
    wrapText(fact.text, width, `  ${`${fact.name}:`.padEnd(9)} `, " ".repeat(12)),
  );
  return [
    name,
    "",
    ...wrapText(help.purpose, width, "  "),
    ...(facts.length > 0 ? ["", ...facts] : []),
    ...index(below),
  ].join("\n");
}

function rulePage(code: Code, width: number): string {
  const fields = Object.entries(FIELD_HELP)
    .filter(([, help]) => help.rules?.includes(code) === true || help.warnings?.includes(code) === true)
    .map(([field]) => field);
  const options = rangeOptions(code);
  const range =
    options === undefined
      ? []
      : wrapText(`the cluster's ranges decide: fairlead check takes them from ${options}`, width, "  ");
  const sentences = [messageTitle(code), consequenceOf(code)].flatMap((text) => wrapText(text, width, "  "));
  return [code, "", ...sentences, ...range, ...index(fields)].join("\n");
}

/** The list of all fields, each with the first sentence of its purpose. */
export function explainIndex(): string {
  return [
    "Fields of a Service; `fairlead explain FIELD` says more of one, `fairlead explain RULE` of a rule.",
    ...index(Object.keys(FIELD_HELP)),
  ].join("\n");
}

/** The field or rule that an unknown topic most likely means. @param others ids of rules besides those of the engine */
export function nearestTopic(topic: string, others: readonly string[] = []): string | undefined {
  const lastStep = (path: string): string | undefined => path.split(".").at(-1)?.replaceAll(/[ _-]/g, "").toLowerCase();
  const byName = Object.keys(FIELD_HELP).find((field) => lastStep(field) === lastStep(topic));
  return byName ?? nearestWord(topic, [...Object.keys(FIELD_HELP), ...Object.keys(MESSAGES), ...others]);
}

function index(fields: readonly string[]): string[] {
  if (fields.length === 0) return [];
  const width = Math.max(...fields.map((field) => field.length));
  return ["", ...fields.map((field) => `  ${field.padEnd(width)}  ${firstSentence(FIELD_HELP[field]?.purpose ?? "")}`)];
}

function firstSentence(text: string): string {
  return /^.*?[.;:](?= |$)/.exec(text)?.[0].replace(/[;:]$/, ".") ?? text;
}

function isDirectlyBelow(field: string, parent: string): boolean {
  const rest = field.startsWith(`${parent}.`)
    ? field.slice(parent.length + 1)
    : field.startsWith(`${parent}[].`)
      ? field.slice(parent.length + 3)
      : "";
  return rest !== "" && !rest.includes(".");
}
