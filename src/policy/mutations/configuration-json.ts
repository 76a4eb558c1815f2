import { CelError, JsonList, JsonMap, List, MapValue, StructValue, type Value } from "../../cel/values/index.ts";
import { type JsonObject, setOwnProperty } from "../../field/index.ts";
import { UnreadableValue } from "../../service/merge/index.ts";
import { PatchFailure } from "./json-patch.ts";
import { typeNameProblems } from "./type-names.ts";
import { valueJson } from "./value-json.ts";

/**
 * The configuration that an `Object{...}` stands for, as the API server reads it: objects become JSON wherever they are, but of
 * the lists and maps that are written down in an expression only those in a field of an object, not those in a list or a map.
 * @throws PatchFailure if a type has another name than its place, or something has no form in JSON
 */
export function configurationJson(result: Value): JsonObject {
  if (!(result instanceof StructValue)) {
    throw new PatchFailure("unsupported return type from ApplyConfiguration expression");
  }
  const problems = typeNameProblems(result);
  if (problems.length > 0) throw new PatchFailure(`type mismatch: ${problems.join("\n")}`);
  return objectJson(result);
}

function objectJson({ fields }: StructValue): JsonObject {
  const json: JsonObject = {};
  for (const [name, value] of fields) setOwnProperty(json, name, fieldJson(value));
  return json;
}

function fieldJson(value: Value): unknown {
  if (isJson(value)) return itemJson(value);
  if (value instanceof List) return Array.from({ length: value.size }, (_, i) => itemJson(value.at(i)));
  if (!(value instanceof MapValue)) return itemJson(value);
  const json: JsonObject = {};
  for (const key of value.keys()) {
    if (typeof key !== "string") throw new PatchFailure("invalid return type: *dynamic.ObjectVal");
    const member = value.get(key) ?? null;
    if (member instanceof CelError) throw new PatchFailure(member.message);
    setOwnProperty(json, key, itemJson(member));
  }
  return json;
}

function itemJson(value: Value): unknown {
  if (value instanceof StructValue) return objectJson(value);
  if (value === null) return new UnreadableValue("0");
  if (!isJson(value) && (value instanceof List || value instanceof MapValue))
    return new UnreadableValue(value.type.name);
  const made = valueJson(value);
  if (made instanceof CelError) throw new PatchFailure(made.message);
  return made.json;
}

/** What an object of the request holds: it is JSON as it is. */
function isJson(value: Value): boolean {
  return value instanceof JsonList || value instanceof JsonMap;
}
