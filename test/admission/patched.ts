import { expect } from "@jest/globals";
import jsonPatch, { type Operation } from "fast-json-patch";
import { isObject, type JsonObject } from "#src/field/json.ts";
import type { Told } from "./ask.ts";

/** The object with the patch of the answer made, as an API server does it. */
export function patched(object: JsonObject, { patch }: Told): JsonObject {
  const operations = patch.filter(isOperation);
  expect(operations).toHaveLength(patch.length);
  // JSON has no NumberText and no undefined: what is patched is what went over the line.
  const sent: unknown = JSON.parse(JSON.stringify(object));
  if (!isObject(sent)) throw new Error("an object stays one");
  return jsonPatch.applyPatch(sent, structuredClone(operations), true).newDocument;
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && "op" in value && "path" in value;
}
