import { existsSync, readFileSync } from "node:fs";
import { isObject } from "../field/json.ts";
import { portable } from "./fingerprint.ts";
import { reasonOf, STANDARD_INPUT } from "./source.ts";
import type { CheckFinding } from "./types.ts";
import { Unusable } from "./unusable.ts";
import { writeOutput } from "./write/output-file.ts";

/** A finding that is known already. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly field: string;
  readonly service?: string;
}

const VERSION = 1;

/** The known findings of an old estate: they are shown as suppressed, and fail no run. */
export class Baseline {
  readonly #file: string;
  readonly #known: ReadonlyMap<string, KnownFinding>;
  readonly #met = new Set<string>();
  /** Names of files that findings are known of. */
  readonly #unseen: Set<string>;
  readonly #seen = new Set<string>();

  constructor(file: string, known: readonly KnownFinding[]) {
    this.#file = file;
    this.#unseen = new Set(known.map((finding) => portable(finding.file)));
    this.#known = new Map(known.map((finding) => [finding.fingerprint, finding]));
  }

  /** The finding, suppressed if it is known. */
  apply(finding: CheckFinding): CheckFinding {
    if (!this.#known.has(finding.fingerprint)) return finding;
    this.#met.add(finding.fingerprint);
    if (finding.suppressed !== undefined) return finding;
    return { ...finding, suppressed: { by: "baseline", reason: `known, in ${this.#file}` } };
  }

  /** Told of each file that was checked. */
  sawFile(file: string): void {
    const name = portable(file);
    if (this.#unseen.delete(name)) this.#seen.add(name);
  }

  /**
   * Known findings that have not been met: they are gone, and can leave the file. Of a file that is there and was not
   * checked in this run (a hook is given those that have changed) nobody knows.
   */
  gone(): KnownFinding[] {
    return [...this.#known.values()].filter(
      ({ fingerprint, file }) => !this.#met.has(fingerprint) && (this.#seen.has(portable(file)) || isDeleted(file)),
    );
  }
}

function isDeleted(file: string): boolean {
  return file !== STANDARD_INPUT && !existsSync(file);
}

/** Reads a baseline. @throws {Unusable} */
export function readBaseline(file: string): Baseline {
  const value = parse(file);
  if (!isObject(value) || value["version"] !== VERSION || !Array.isArray(value["findings"])) {
    throw new Unusable(`${file} is no baseline of this version; write it anew with --write-baseline`);
  }
  const findings: readonly unknown[] = value["findings"];
  const stranger = findings.findIndex((finding) => !isKnown(finding));
  if (stranger !== -1) {
    throw new Unusable(
      `${file}: findings[${stranger}] is no known finding, which has fingerprint, rule, file and field; write it anew`,
    );
  }
  return new Baseline(file, findings.filter(isKnown));
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Unusable(`the baseline ${file} cannot be read: ${reasonOf(error)}`);
  }
}

function isKnown(value: unknown): value is KnownFinding {
  return isObject(value) && ["fingerprint", "rule", "file", "field"].every((key) => typeof value[key] === "string");
}

/** Writes all findings of a run as known ones. @throws {Unusable} */
export function writeBaseline(file: string, findings: readonly CheckFinding[]): void {
  const known = findings.map(({ fingerprint, rule, file: where, field, service }) => ({
    fingerprint,
    rule,
    file: where,
    field,
    ...(service === undefined ? {} : { service: `${service.namespace}/${service.name}` }),
  }));
  const text = `${JSON.stringify({ version: VERSION, findings: known }, undefined, 2)}\n`;
  writeOutput(`the baseline ${file}`, file, text);
}
