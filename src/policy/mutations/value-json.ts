import { CelError, toJson, type Value } from "../../cel/values/index.ts";
import { isObject, type JsonObject, NumberText, setOwnProperty } from "../../field/index.ts";
import { unknownPart } from "../expressions/index.ts";

/** That a value holds something that is not known here. */
export class UnknownPart extends Error {}

/**
 * A value as it is in a patch: a double that is a whole number has lost its point on the way.
 * @param forInt what an int beyond the safe ones becomes
 * @throws UnknownPart if a part of it is not known
 */
export function valueJson(
  value: Value,
  forInt: (int: NumberText) => unknown = (int) => int,
): { readonly json: unknown } | CelError {
  const made = toJson(value);
  if (made instanceof CelError) return made;
  const unknown = unknownPart(made.json);
  if (unknown !== undefined) throw new UnknownPart(unknown);
  return { json: plain(made.json, forInt) };
}

function plain(json: unknown, forInt: (int: NumberText) => unknown): unknown {
  if (json instanceof NumberText) return json.text.endsWith(".0") ? Number(json.text) : forInt(json);
  if (Array.isArray(json)) return json.map((item: unknown) => plain(item, forInt));
  if (!isObject(json)) return json;
  const object: JsonObject = {};
  for (const [name, member] of Object.entries(json)) {
    if (member !== undefined) setOwnProperty(object, name, plain(member, forInt));
  }
  return object;
}
