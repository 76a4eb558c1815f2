import jsonPatch, { type Operation } from "fast-json-patch";
import { isObject } from "#src/field/json.ts";
import { Broken } from "../target.ts";

/** The object with the patch applied. @throws Broken if the patch does not apply by RFC 6902 */
export function patched(object: unknown, patch: readonly unknown[]): unknown {
  try {
    const document: unknown = JSON.parse(JSON.stringify(object));
    const operations = patch.filter(isOperation);
    if (operations.length !== patch.length) throw new TypeError("an operation without op and path");
    const { newDocument } = jsonPatch.applyPatch<unknown>(document, operations, true);
    return newDocument;
  } catch (error) {
    throw new Broken("patch applies", `${String(error).split("\n", 1)[0] ?? ""} ${JSON.stringify(patch)}`);
  }
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && typeof value["op"] === "string" && typeof value["path"] === "string";
}
