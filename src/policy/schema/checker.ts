import type { ErrorObject, ValidateFunction } from "ajv";
import { didYouMean, isObject, Path, typeName, unescapePointer, valueAt } from "../../field/index.ts";
import { compileSchema } from "./compile-schema.ts";
import { formatDescription, formatDetail } from "./formats.ts";
import type { Shape } from "./shape.ts";

/** A problem of a document and the path of the field that has it. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
  /** The place of the problem within the field's text, in code points. */
  readonly within?: { readonly text: string; readonly offset: number };
}

/** A valid value with its defaults filled in, or the problems of the value. */
export type CheckerResult<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Maps with free keys: a path writes their keys in brackets. */
const MAPS = new Set(["labels", "annotations", "matchLabels"]);

/**
 * Returns a function that validates values against a shape: types, formats and unknown fields. The input is not
 * modified. The schema is compiled on the first call, because most programs use few of the schemas.
 * @param name that no other shape has, see `SHAPES` of scripts/precompile.ts
 * @param notOneOf the message for a value that is none of those that there are
 */
export function compileChecker<T>(
  name: string,
  { schema }: Shape<T>,
  notOneOf: NotOneOf = oneOfThese,
): (value: unknown, at?: Path) => CheckerResult<T> {
  let validate: ValidateFunction<T> | undefined;
  return (value, at = Path.root) => {
    validate ??= compileSchema<T>(name, schema);
    const copy = plain(value);
    if (validate(copy)) return { value: copy };
    return { problems: (validate.errors ?? []).map((error) => problem(error, value, at, notOneOf)) };
  };
}

/**
 * A copy into which defaults can be filled. A number that is kept as text (such as `80.0`, see NumberText) becomes NaN,
 * which fails validation as an integer.
 */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return typeName(value) === "number" && typeof value !== "number" ? Number.NaN : value;
}

type NotOneOf = (found: unknown, values: readonly string[]) => string;

function oneOfThese(found: unknown, values: readonly string[]): string {
  const hint = typeof found === "string" ? didYouMean(found, values) : "";
  return `must be one of ${values.join(", ")}, not ${shown(found)}${hint}`;
}

type MessageOf = (error: ErrorObject, found: unknown) => string;

/** The message for each schema keyword that a value can violate. */
const MESSAGES: Readonly<Record<string, MessageOf>> = {
  type: ({ params }, found) => `must be ${withArticle(String(params["type"]))}, not ${withArticle(typeName(found))}`,
  format: ({ params }, found) => {
    const format = String(params["format"]);
    return `must be ${formatDescription(format)}, not ${shown(found)}${formatDetail(format, String(found))}`;
  },
  minimum: ({ params }, found) => `must be ${String(params["limit"])} or more, not ${shown(found)}`,
  maximum: ({ params }, found) => `must be ${String(params["limit"])} or less, not ${shown(found)}`,
  minLength: () => "must not be empty",
  maxLength: ({ params }) => `must have ${String(params["limit"])} characters or less`,
  minItems: () => "must not be empty",
  minProperties: () => "must not be empty",
  maxItems: ({ params }) => `must have ${String(params["limit"])} items or less`,
};

function problem(error: ErrorObject, root: unknown, at: Path, notOneOf: NotOneOf): Problem {
  const path = pathOf(error.instancePath, root, at);
  if (error.keyword === "required") {
    const name = String(error.params["missingProperty"]);
    return { path: path.child(name), message: "is missing" };
  }
  if (error.keyword === "additionalProperties") {
    const name = String(error.params["additionalProperty"]);
    const names = Object.keys(isObject(error.parentSchema?.["properties"]) ? error.parentSchema["properties"] : {});
    const fields = names.length === 0 ? "there is none here" : `known here: ${names.join(", ")}`;
    return { path: path.child(name), message: `is not known${didYouMean(name, names)} (${fields})` };
  }
  if (error.keyword === "enum") return { path, message: notOneOf(error.data, textsIn(error.schema)) };
  const messageOf = MESSAGES[error.keyword];
  return { path, message: messageOf?.(error, error.data) ?? error.message ?? `fails "${error.keyword}"` };
}

function pathOf(pointer: string, root: unknown, at: Path): Path {
  let path = at;
  let inMap = false;
  const keys: (string | number)[] = [];
  for (const step of pointer.split("/").slice(1)) {
    const name = unescapePointer(step);
    const isItem = Array.isArray(valueAt(root, keys));
    keys.push(isItem ? Number(name) : name);
    if (isItem) path = path.index(Number(name));
    else path = inMap ? path.key(name) : path.child(name);
    inMap = MAPS.has(name);
  }
  return path;
}

function withArticle(type: string): string {
  if (type === "null") return "nothing";
  if (type === "array") return "a list";
  return `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function textsIn(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.map(String) : [];
}
