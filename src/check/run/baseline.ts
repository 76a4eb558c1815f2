import { existsSync } from "node:fs";
import { isObject } from "../../field/index.ts";
import { STANDARD_INPUT, writeOutput } from "../../files/index.ts";
import type { CheckFinding } from "../../examine/model/index.ts";
import { Unusable } from "../../usage/index.ts";
import { portablePath } from "../fingerprints/index.ts";
import { readNamedFile } from "../inputs/index.ts";

/** A finding that is recorded in a baseline. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly field: string;
  readonly service?: string;
}

const VERSION = 1;

/** The known findings of existing manifests: they are reported as suppressed, and do not fail the run. */
export class Baseline {
  readonly #file: string;
  readonly #known: ReadonlyMap<string, KnownFinding>;
  readonly #found = new Set<string>();
  /** Names of files with known findings that have not been checked yet. */
  readonly #uncheckedFiles: Set<string>;
  readonly #checkedFiles = new Set<string>();

  constructor(file: string, known: readonly KnownFinding[]) {
    this.#file = file;
    this.#uncheckedFiles = new Set(known.map((finding) => portablePath(finding.file)));
    this.#known = new Map(known.map((finding) => [finding.fingerprint, finding]));
  }

  /** Returns the finding, suppressed if it is known. */
  suppressIfKnown(finding: CheckFinding): CheckFinding {
    const reason = this.reasonFor(finding.fingerprint);
    if (reason === undefined) return finding;
    this.#found.add(finding.fingerprint);
    if (finding.suppressed !== undefined) return finding;
    return { ...finding, suppressed: { by: "baseline", reason } };
  }

  /** Why a finding is suppressed; undefined for one that is not known. */
  reasonFor(fingerprint: string): string | undefined {
    return this.#known.has(fingerprint) ? `listed in ${this.#file}` : undefined;
  }

  /** How many known findings have been found again. */
  get matchCount(): number {
    return this.#found.size;
  }

  /** Records that the file was checked. */
  recordFile(file: string): void {
    const name = portablePath(file);
    if (this.#uncheckedFiles.delete(name)) this.#checkedFiles.add(name);
  }

  /**
   * The known findings that were not found again, and can be removed from the baseline. Findings in a file that exists
   * but was not checked in this run are not among them: a pre-commit hook, for example, checks changed files only.
   */
  resolvedFindings(): KnownFinding[] {
    return [...this.#known.values()].filter(
      ({ fingerprint, file }) =>
        !this.#found.has(fingerprint) && (this.#checkedFiles.has(portablePath(file)) || isDeleted(file)),
    );
  }
}

function isDeleted(file: string): boolean {
  return file !== STANDARD_INPUT && !existsSync(file);
}

/**
 * Reads a baseline: a file, or `git:REF:PATH`.
 * @param folder the folder whose repository a commit is of
 * @throws {Unusable} whose message quotes nothing from the file, which may be a confidential one
 */
export async function readBaseline(file: string, folder: string): Promise<Baseline> {
  const value = parse(file, await readNamedFile({ option: "--baseline", folder }, file));
  if (!isObject(value) || value["version"] !== VERSION || !Array.isArray(value["findings"])) {
    throw new Unusable(`${file} is not a baseline of this version; write it again with --write-baseline`);
  }
  const findings: readonly unknown[] = value["findings"];
  const invalid = findings.findIndex((finding) => !isKnown(finding));
  if (invalid !== -1) {
    throw new Unusable(
      `${file}: findings[${invalid}] is not a valid finding, which has fingerprint, rule, file and field; write it again`,
    );
  }
  return new Baseline(file, findings.filter(isKnown));
}

function parse(file: string, source: { readonly text: string } | { readonly unreadable: string }): unknown {
  if ("unreadable" in source) throw new Unusable(`the baseline ${file} cannot be read: ${source.unreadable}`);
  try {
    return JSON.parse(source.text);
  } catch {
    throw new Unusable(`the baseline ${file} is not valid JSON; write it again with --write-baseline`);
  }
}

function isKnown(value: unknown): value is KnownFinding {
  return isObject(value) && ["fingerprint", "rule", "file", "field"].every((key) => typeof value[key] === "string");
}

/** Writes all findings of a run into a baseline. @throws {Unusable} if the file cannot be written */
export function writeBaseline(file: string, findings: readonly CheckFinding[]): void {
  const known = findings.map(({ fingerprint, rule, file: findingFile, field, service }) => ({
    fingerprint,
    rule,
    file: findingFile,
    field,
    ...(service === undefined ? {} : { service: `${service.namespace}/${service.name}` }),
  }));
  const text = `${JSON.stringify({ version: VERSION, findings: known }, undefined, 2)}\n`;
  writeOutput(`the baseline ${file}`, file, text);
}
