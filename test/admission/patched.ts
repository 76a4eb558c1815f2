import { expect } from "@jest/globals";
import jsonPatch, { type Operation } from "fast-json-patch";
import { isObject, type JsonObject } from "#src/field/json.ts";
import type { ReviewResult } from "./answer-review.ts";

/** The object after the patch of the answer is applied, as an API server does it. */
export function patched(object: JsonObject, { patch }: ReviewResult): JsonObject {
  const operations = patch.filter(isOperation);
  expect(operations).toHaveLength(patch.length);
  // Serialised first, because JSON has neither NumberText nor undefined: the patch applies to what was sent.
  const sent: unknown = JSON.parse(JSON.stringify(object));
  if (!isObject(sent)) throw new Error("an object stays one");
  return jsonPatch.applyPatch(sent, structuredClone(operations), true).newDocument;
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && "op" in value && "path" in value;
}
