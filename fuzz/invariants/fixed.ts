import { Lexer } from "yaml";
import { isObject, NumberText } from "#src/field/json.ts";
import { readText } from "#src/text/read.ts";
import { Broken } from "../target.ts";

/**
 * A fixed text differs from the original only by the fixes: it has the same documents, lists, maps and comments in the same
 * order, with other scalars or other spellings of keys. @throws Broken
 */
export function checkFixed(before: string, after: string, file: string): void {
  const [was, is] = [readText(before, formatOf(file)), readText(after, formatOf(file))];
  if (is.problems.length > was.problems.length) {
    throw new Broken("what is fixed can be read", JSON.stringify({ before, after }).slice(0, 4000));
  }
  if (was.documents.length !== is.documents.length) throw new Broken("reads as before", "another number of documents");
  if (repeated(is.documents) > repeated(was.documents)) {
    throw new Broken("no key twice", JSON.stringify({ before, after }).slice(0, 4000));
  }
  for (const [index, document] of was.documents.entries()) {
    const place = difference(document.value, is.documents[index]?.value, "");
    if (place !== undefined)
      throw new Broken("reads as before", `${place} in ${JSON.stringify({ before, after }).slice(0, 4000)}`);
  }
  const [commentsBefore, commentsAfter] = [commentsOf(before), commentsOf(after)];
  if (commentsBefore !== commentsAfter)
    throw new Broken("comments kept", JSON.stringify({ before, after }).slice(0, 4000));
}

function formatOf(file: string): { readonly format: "json" | "auto" } {
  return { format: file.endsWith(".json") ? "json" : "auto" };
}

function repeated(documents: readonly { readonly duplicates: readonly unknown[] }[]): number {
  return documents.reduce((sum, { duplicates }) => sum + duplicates.length, 0);
}

/** The first difference besides scalars and the spelling of keys; undefined if there is none. */
function difference(was: unknown, is: unknown, at: string): string | undefined {
  if (Array.isArray(was)) {
    if (!Array.isArray(is) || is.length !== was.length) return `${at}: a list has changed`;
    return first(was, (item, index) => difference(item, is[index], `${at}[${index}]`));
  }
  if (!isObject(was))
    return isObject(is) || Array.isArray(is) ? `${at}: a value is a list or map now` : emptied(was, is, at);
  if (!isObject(is)) return `${at}: a map has changed`;
  const [keys, others] = [Object.keys(was), Object.keys(is)];
  if (keys.length !== others.length) return `${at}: has other keys`;
  const gone = keys.filter((key) => !Object.hasOwn(is, key));
  const come = others.filter((key) => !Object.hasOwn(was, key));
  const same = first(
    keys.filter((key) => Object.hasOwn(is, key)),
    (key) => difference(was[key], is[key], `${at}.${key}`),
  );
  // A key with another spelling keeps its position.
  return same ?? first(gone, (key, index) => difference(was[key], is[come[index] ?? ""], `${at}.${key}`));
}

function emptied(was: unknown, is: unknown, at: string): string | undefined {
  const isWritten = was !== null && was !== undefined && was !== "";
  return isWritten && (is === null || is === undefined || is === "") ? `${at}: ${textOf(was)} is gone` : undefined;
}

function textOf(value: unknown): string {
  return value instanceof NumberText ? value.text : JSON.stringify(value);
}

function first<T>(items: readonly T[], ask: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const answer = ask(item, index);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** The comments, as found by another YAML parser. */
function commentsOf(text: string): string {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith("#")).join("\n");
}
