import { isObject } from "../../field/index.ts";
import type { TextDocument } from "../../text/document/index.ts";

/** The fields that the API server looks for in any case. */
const IN_ANY_CASE = ["apiVersion", "kind"] as const;

/**
 * The manifest with its fields in the order in which the API server gets them, where that makes a difference: of
 * `apiVersion: v1` and `APIVERSION: v2` it takes the last one. kubectl, and the server with a body of YAML, sort the fields
 * on the way to JSON (`encoding/json` writes maps so); a body of JSON stays as it is.
 * @param isBody whether the document is the body of a request
 */
export function asSent(manifest: unknown, { format }: TextDocument, isBody: boolean): unknown {
  if (!isObject(manifest) || (isBody && format === "json")) return manifest;
  const entries = Object.entries(manifest);
  if (!entries.some(([name]) => isVariant(name))) return manifest;
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isVariant(name: string): boolean {
  return IN_ANY_CASE.some((field) => name !== field && name.toLowerCase() === field.toLowerCase());
}
