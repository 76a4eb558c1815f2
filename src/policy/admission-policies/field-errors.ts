import { goQuote, type Path } from "../../field/index.ts";
import type { Problem } from "../schema/index.ts";

/** Problems in the words of the API server. Source: `ErrorBody` of apimachinery's `field.Error`. */
export function required(path: Path, detail = ""): Problem {
  return { path, message: withDetail("Required value", detail) };
}

export function invalid(path: Path, value: unknown, detail: string): Problem {
  return { path, message: withDetail(`Invalid value: ${valueText(value)}`, detail) };
}

export function duplicate(path: Path, value: string): Problem {
  return { path, message: `Duplicate value: ${goQuote(value)}` };
}

export function forbidden(path: Path, detail: string): Problem {
  return { path, message: withDetail("Forbidden", detail) };
}

export function tooMany(path: Path, found: number, most: number): Problem {
  return { path, message: `Too many: ${found}: must have at most ${most} items` };
}

/** A value that is none of those that there are. */
export function unsupported(value: unknown, values: readonly string[]): string {
  const supported = values.map(goQuote).sort().join(", ");
  return `Unsupported value: ${valueText(value)}: supported values: ${supported}`;
}

function valueText(value: unknown): string {
  return typeof value === "string" ? goQuote(value) : JSON.stringify(value);
}

function withDetail(what: string, detail: string): string {
  return detail === "" ? what : `${what}: ${detail}`;
}
