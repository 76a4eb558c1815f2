import { CelError, List, StructValue, type Value } from "../../cel/values/index.ts";
import type { NumberText } from "../../field/index.ts";
import { PatchFailure, type PatchStep } from "./json-patch.ts";
import { typeNameProblems } from "./type-names.ts";
import { valueJson } from "./value-json.ts";

const NO_PATCHES = "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch";

/**
 * The operations that an expression has given. Source: `evaluatePatchExpression` of the API server.
 * @throws PatchFailure if it has given something else, or a value without a form in JSON
 */
export function patchSteps(result: Value): readonly PatchStep[] {
  if (!(result instanceof List)) throw new PatchFailure(NO_PATCHES);
  return Array.from({ length: result.size }, (_, index) => patchStep(result.at(index)));
}

function patchStep(value: Value): PatchStep {
  if (!(value instanceof StructValue) || value.type.name !== "JSONPatch") throw new PatchFailure(NO_PATCHES);
  const { fields } = value;
  const wanted = fields.get("value");
  return {
    op: textField(fields, "op"),
    path: textField(fields, "path"),
    from: textField(fields, "from"),
    value: wanted === undefined ? undefined : jsonValue(wanted),
  };
}

function textField(fields: ReadonlyMap<string, Value>, name: string): string {
  const text = fields.get(name) ?? "";
  if (typeof text !== "string") throw new PatchFailure(`unexpected type for JSONPatchType '${name}' field`);
  return text;
}

function jsonValue(value: Value): unknown {
  if (value instanceof StructValue) {
    const problems = typeNameProblems(value);
    if (problems.length > 0) throw new PatchFailure(`type mismatch: ${problems.join("\n")}`);
  }
  const made = valueJson(value, unsafeInt);
  if (made instanceof CelError) {
    throw new PatchFailure(
      `JSONPath valueExpression evaluated to a type that could not marshal to JSON: ${made.message}`,
    );
  }
  return made.json;
}

/** An int that is not safe in JSON goes there as a text. */
function unsafeInt({ text }: NumberText): unknown {
  return text;
}
