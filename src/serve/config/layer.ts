import { isObject, type JsonObject } from "../../field/index.ts";
import { type Setting, variableOf } from "./setting.ts";
import { SETTINGS } from "./settings.ts";

/** The settings from one source, and how an error names the place where a value stands. */
export interface Layer {
  readonly values: JsonObject;
  /** The place of the value at these keys: `fairlead.yaml:3`, `--port`, `FAIRLEAD_PORT`. */
  readonly originOf: (keys: readonly string[]) => string;
}

/** The built-in defaults. */
export function defaultsLayer(): Layer {
  const values: JsonObject = {};
  for (const { path, default: value } of SETTINGS) {
    if (path.length > 1 && !Object.hasOwn(values, path[0])) put(values, [path[0]], {});
    if (value !== undefined) put(values, path, value);
  }
  return { values, originOf: () => "built-in default" };
}

/** The settings in `FAIRLEAD_*` variables; the items of lists are separated by commas. */
export function environmentLayer(environment: Readonly<Record<string, string | undefined>>): Layer {
  const values: JsonObject = {};
  for (const setting of SETTINGS) {
    const text = environment[variableOf(setting)];
    if (text !== undefined && text !== "") put(values, setting.path, valueOfText(setting, text));
  }
  return { values, originOf: (keys) => nameOf(keys, variableOf) };
}

/** The settings in flags, by the name of the flag without dashes. */
export function flagsLayer(flags: Readonly<Record<string, string | readonly string[]>>): Layer {
  const values: JsonObject = {};
  for (const setting of SETTINGS) {
    const given = flags[setting.flag];
    if (given !== undefined) put(values, setting.path, typeof given === "string" ? valueOfText(setting, given) : given);
  }
  return { values, originOf: (keys) => nameOf(keys, ({ flag }) => `--${flag}`) };
}

/** Whether the layer sets a value at these keys. */
export function isSetIn(layer: Layer, keys: readonly string[]): boolean {
  let value: unknown = layer.values;
  for (const key of keys) {
    if (Array.isArray(value)) return true;
    if (!isObject(value) || !Object.hasOwn(value, key)) return false;
    value = value[key];
  }
  return value !== undefined;
}

/** Merges the layers: for a value that several of them set, the last one counts. Lists are not joined. */
export function merge(layers: readonly Layer[]): JsonObject {
  const merged: JsonObject = {};
  for (const { values } of layers) mergeInto(merged, values);
  return merged;
}

function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const [name, value] of Object.entries(source)) {
    // A name with nothing behind it says nothing.
    if (value === null) continue;
    const present = Object.hasOwn(target, name) ? target[name] : undefined;
    if (isObject(present) && isObject(value)) mergeInto(present, value);
    else put(target, [name], isObject(value) ? structuredClone(value) : value);
  }
}

/** Text that is not a number stays text, which the schema refuses with its origin. */
function valueOfText({ schema }: Setting, text: string): unknown {
  switch (schema.type) {
    case "string":
      return text;
    case "integer":
    case "number":
      return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
    case "array":
      return text.split(",").map((item) => item.trim());
  }
}

function nameOf(keys: readonly string[], name: (setting: Setting) => string): string {
  const setting = SETTINGS.find(({ path }) => path.every((step, index) => step === keys[index]));
  return setting === undefined ? keys.join(".") : name(setting);
}

function put(target: JsonObject, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    // Defined, not assigned: a file may hold a key named `__proto__`, which the schema is to refuse.
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const holder = target[name];
  const next = isObject(holder) ? holder : {};
  if (next !== holder) put(target, [name], next);
  put(next, rest, value);
}
