import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type JsonObject } from "#src/field/json.ts";

/** The names of the reviews that a real API server sent, one file each. */
export const REVIEW_FILES: readonly string[] = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".json"));

/** A review as a real API server sent it, read anew, so that a test may change it. */
export function readReviewFile(file: string): { readonly review: JsonObject; readonly request: JsonObject } {
  const review: unknown = JSON.parse(readFileSync(join(import.meta.dirname, file), "utf8"));
  if (!isObject(review) || !isObject(review["request"])) throw new Error(`${file} is no review`);
  return { review, request: review["request"] };
}

/** A part of a request or object that must be an object. */
export function partOf(holder: JsonObject, ...names: readonly string[]): JsonObject {
  let part = holder;
  for (const name of names) {
    const next = part[name];
    if (!isObject(next)) throw new Error(`no object at ${name}`);
    part = next;
  }
  return part;
}

/** The object or list at a place; a test that asks for what is not there fails. */
export function listOf(holder: JsonObject, name: string): unknown[] {
  const list = holder[name];
  if (!Array.isArray(list)) throw new Error(`no list at ${name}`);
  return list;
}
