import { createHash } from "node:crypto";
import type { CheckFinding } from "./types.ts";

/**
 * Gives findings their fingerprints: the same for the same finding about the same object, wherever its lines have moved
 * to. What is the same in all that is looked at is told apart by its order.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /** The fingerprint of the next finding of a file. */
  next(finding: Pick<CheckFinding, "rule" | "file" | "service" | "field" | "policy">): string {
    const { rule, file, service, field, policy } = finding;
    const identity = [rule, portable(file), service?.namespace ?? "", service?.name ?? "", field, policy ?? ""];
    const joined = identity.join("\n");
    const count = this.#seen.get(joined) ?? 0;
    this.#seen.set(joined, count + 1);
    return createHash("sha256").update(`${joined}\n${count}`).digest("hex").slice(0, 32);
  }
}

/** The file's name as it is the same on every system. */
export function portable(file: string): string {
  return file.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}
