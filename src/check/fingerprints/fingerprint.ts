import { createHash } from "node:crypto";
import type { LocatedFinding } from "../../examine/model/index.ts";

/**
 * Computes the fingerprints of findings. A fingerprint is the same for the same finding about the same object even if
 * its lines have moved. Findings that are equal in every part of the fingerprint are numbered in their order.
 */
export class Fingerprints {
  readonly #counts = new Map<string, number>();

  /** The fingerprint of the next finding of a file; call it in the order of the findings. */
  next(finding: Pick<LocatedFinding, "rule" | "file" | "service" | "object" | "field" | "policy">): string {
    const { rule, file, object, service = object, field, policy } = finding;
    const identity = [rule, portablePath(file), service?.namespace ?? "", service?.name ?? "", field, policy ?? ""];
    if (object !== undefined) identity.push(object.kind);
    const joined = identity.join("\n");
    const count = this.#counts.get(joined) ?? 0;
    this.#counts.set(joined, count + 1);
    return createHash("sha256").update(`${joined}\n${count}`).digest("hex").slice(0, 32);
  }
}

/** The file's name in the spelling that is the same on every operating system: with slashes, without a leading `./`. */
export function portablePath(file: string): string {
  return file.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}
