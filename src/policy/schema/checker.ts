import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { isObject, typeName, valueAt } from "../../field/json.ts";
import { Path } from "../../field/path.ts";
import { didYouMean } from "../../field/suggestion.ts";
import { FORMATS, formatDetail, formatWanted } from "./formats.ts";
import type { Shape } from "./shape.ts";

/** What is wrong with a document, and where in it. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** A value with its defaults filled in, or what is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

const ajv = new Ajv({ allErrors: true, verbose: true, useDefaults: true, strict: true });
for (const [name, { valid }] of Object.entries(FORMATS)) ajv.addFormat(name, valid);

/** Maps whose entries print in brackets. */
const MAPS = new Set(["labels", "annotations", "matchLabels"]);

/**
 * A function that holds values against a shape: types, formats, unknown fields. The given value is left as it is; the
 * schema is compiled at the first call, as most programs need few of them.
 */
export function checker<T>(shape: Shape<T>): (value: unknown, at?: Path) => Checked<T> {
  let validate: ValidateFunction<T> | undefined;
  return (value, at = Path.root) => {
    validate ??= ajv.compile<T>(shape.schema);
    const copy = plain(value);
    if (validate(copy)) return { value: copy };
    return { problems: (validate.errors ?? []).map((error) => problem(error, value, at)) };
  };
}

/** A copy to fill defaults into. A number of which only the text is kept is no whole number: NaN fails as one, too. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return typeName(value) === "number" && typeof value !== "number" ? Number.NaN : value;
}

type Wording = (error: ErrorObject, found: unknown) => string;

/** A sentence for each way in which a value can fail its schema. */
const WORDING: Readonly<Record<string, Wording>> = {
  type: ({ params }, found) => `must be ${article(String(params["type"]))}, not ${article(typeName(found))}`,
  enum: ({ schema }, found) => `must be one of ${listed(schema)}, not ${shown(found)}${suggestion(found, schema)}`,
  format: ({ params }, found) => {
    const format = String(params["format"]);
    return `must be ${formatWanted(format)}, not ${shown(found)}${formatDetail(format, String(found))}`;
  },
  minimum: ({ params }, found) => `must be ${String(params["limit"])} or more, not ${shown(found)}`,
  maximum: ({ params }, found) => `must be ${String(params["limit"])} or less, not ${shown(found)}`,
  minLength: () => "must not be empty",
  maxLength: ({ params }) => `must have ${String(params["limit"])} characters or less`,
  minItems: () => "must not be empty",
  minProperties: () => "must not be empty",
  maxItems: ({ params }) => `must have ${String(params["limit"])} items or less`,
};

function problem(error: ErrorObject, root: unknown, at: Path): Problem {
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
  const wording = WORDING[error.keyword];
  return { path, message: wording?.(error, error.data) ?? error.message ?? `fails "${error.keyword}"` };
}

function pathOf(pointer: string, root: unknown, at: Path): Path {
  let path = at;
  let inMap = false;
  const keys: (string | number)[] = [];
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const isItem = Array.isArray(valueAt(root, keys));
    keys.push(isItem ? Number(name) : name);
    if (isItem) path = path.index(Number(name));
    else path = inMap ? path.key(name) : path.child(name);
    inMap = MAPS.has(name);
  }
  return path;
}

function article(type: string): string {
  if (type === "null") return "nothing";
  if (type === "array") return "a list";
  return `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(", ") : String(values);
}

function suggestion(found: unknown, values: unknown): string {
  return typeof found === "string" && Array.isArray(values) ? didYouMean(found, values.map(String)) : "";
}
