import { textAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { type Outcome, run } from "../process.ts";

/** The number at the given keys below `value`; `otherwise` if there is none. */
export function numberAt(value: unknown, otherwise: number, ...keys: (string | number)[]): number {
  const found = valueAt(value, keys);
  return typeof found === "number" ? found : otherwise;
}

/** The boolean at the given keys below `value`; undefined if there is none. */
export function flagAt(value: unknown, ...keys: (string | number)[]): boolean | undefined {
  const found = valueAt(value, keys);
  return typeof found === "boolean" ? found : undefined;
}

/** The name, namespace or uid of an object, or what else of its metadata is a string; empty if it is not set. */
export function meta(object: JsonObject, key: "name" | "namespace" | "uid" | "deletionTimestamp"): string {
  return textAt(object, "metadata", key) ?? "";
}

/** A text as one word of a shell command. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Runs a command that must succeed. Returns what it printed.
 * @throws with its message if it does not.
 */
export async function must(command: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim()}`);
  return stdout;
}

/** Runs a command that may fail: what it is to take away may be gone. */
export async function may(command: string, ...args: readonly string[]): Promise<Outcome> {
  return run(command, args).catch((error: unknown) => ({ code: null, stdout: "", stderr: String(error) }));
}

/** Now, as Kubernetes writes times: RFC 3339 in seconds. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+/, "");
}
