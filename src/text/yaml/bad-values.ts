import { TextError } from "../document/index.ts";
import { rangeOf, type ScalarValue, shortTag } from "./nodes.ts";
import type { YamlMap, YamlNode, YamlScalar } from "./parser/index.ts";

/** Why JSON cannot have the value of a scalar; undefined if it can. */
export function scalarProblem(scalar: YamlScalar, resolved: ScalarValue): TextError | undefined {
  if (resolved.type === "mismatch") {
    const message = `\`${scalar.text}\` is not a valid value for its tag !!${resolved.tag}`;
    return new TextError("bad-tag", rangeOf(scalar), message);
  }
  if (typeof resolved.value !== "number" || Number.isFinite(resolved.value)) return undefined;
  const message = `\`${scalar.text}\` is a number that JSON does not have; put it in quotes if it is meant as text`;
  return new TextError("bad-number", rangeOf(scalar), message);
}

/** The error of a key that JSON cannot have. @param target what the key is, if it is an alias */
export function badKey(key: YamlNode, target: YamlNode): TextError {
  const message = `a key must be text, but this one is ${described(target)}; put it in quotes`;
  return new TextError("bad-key", rangeOf(key), message);
}

function described(key: YamlNode): string {
  if (key === undefined) return "null";
  if (key.kind === "map") return "a mapping";
  if (key.kind !== "scalar") return "a list";
  const tag = shortTag(key);
  return tag === undefined ? `\`${key.text}\`` : `\`!!${tag} ${key.text}\``;
}

/** The error of a merge key with another value than a mapping. */
export function badMerge(value: YamlNode, map: YamlMap): TextError {
  const message = "a merge (`<<`) takes a mapping, or a list of mappings";
  return new TextError("bad-merge", rangeOf(value ?? map), message);
}
