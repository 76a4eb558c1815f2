import { fieldHelpLink, helpLink } from "../../examine/model/index.ts";
import { fieldFacts } from "../../explain/index.ts";
import { type Code, messageTitle } from "../../service/messages/index.ts";
import { FIELD_HELP, type FieldHelp } from "../../service/schema/index.ts";
import { entryOf } from "./entry-of.ts";
import { bullets, code, paragraphs } from "./word.ts";
import { VALUE_MEANINGS } from "./value-meanings.ts";

/** How many reasons of refusals are listed: a hover is read at a glance, the page has all. */
const MOST_REASONS = 6;

/** The name of a field in the tables of help: `spec.ports[].port`. */
export function fieldName(keys: readonly (string | number)[]): string {
  return keys
    .map((key) => (typeof key === "number" ? "[]" : `.${key}`))
    .join("")
    .slice(1);
}

/** The page of a field in Markdown, as `fairlead explain` has it, with links. @param here what becomes of the value here */
export function fieldPage(name: string, here?: string): string | undefined {
  const help = entryOf(FIELD_HELP, name);
  if (help === undefined) return undefined;
  const link = `[The Service, field by field](${fieldHelpLink(name)})`;
  return paragraphs(code(name), help.purpose, bullets(factLines(name, help)), here, link);
}

function factLines(name: string, help: FieldHelp): readonly string[] {
  const facts = fieldFacts(help).flatMap(({ name: fact, text }) => {
    if (fact === "values" && help.values !== undefined) return valueLines(name, help.values);
    return fact === "refused" || fact === "warning" ? [] : [`${fact}: ${text}`];
  });
  return [...facts, ...reasons("refused", help.rules), ...reasons("warning", help.warnings)];
}

function valueLines(name: string, values: readonly string[]): readonly string[] {
  return values.map((value) => {
    const meaning = valueMeaning(name, value);
    return meaning === undefined ? code(value) : `${code(value)}: ${meaning}`;
  });
}

function reasons(fact: "refused" | "warning", codes: readonly Code[] = []): readonly string[] {
  const lines = codes.slice(0, MOST_REASONS).map((one) => `${fact}: [${messageTitle(one)}](${helpLink(one)})`);
  return codes.length > MOST_REASONS ? [...lines, `${fact}: ${codes.length - MOST_REASONS} more reasons`] : lines;
}

/** The help for one value of an enumerated field; undefined if nothing is known of it. */
export function valueMeaning(name: string, value: string): string | undefined {
  return entryOf(entryOf(VALUE_MEANINGS, name), value);
}
