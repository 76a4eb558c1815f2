import type { JsonObject } from "../../field/index.ts";

/** The text of an option; undefined if it has none. */
export function textOf(options: JsonObject, key: string): string | undefined {
  const value = options[key];
  return typeof value === "string" ? value : undefined;
}

/** The current day, `YYYY-MM-DD`. */
export function today(): string {
  return new Date().toISOString().slice(0, "YYYY-MM-DD".length);
}
