import { Fingerprints } from "../check/fingerprints/index.ts";
import { type LocatedText, ServiceText } from "../examine/places/index.ts";
import type { Settings } from "../examine/settings/index.ts";
import { withoutUndefined } from "../field/index.ts";
import { type CheckFinding, countPhrase } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { answersOf, type Versions } from "./answers.ts";
import { changeFinding, type VersionNames } from "./change-finding.ts";
import { type Change, changesOf } from "./changes.ts";
import type { VersionPair } from "./target-version.ts";

/** A Service to compare the answers for. */
export interface ComparedService extends LocatedText {
  readonly file: string;
  readonly namespace: string;
  readonly name: string;
  /** The manifest as JSON values, or an object as a cluster stores it. */
  readonly manifest: unknown;
}

/** Compares what two versions do with each Service, and counts. */
export class Comparison {
  readonly #versions: Versions;
  readonly #names: VersionNames;
  readonly #fingerprints = new Fingerprints();
  readonly #counts = { errors: 0, warnings: 0, notes: 0 };
  readonly #services = { all: 0, refused: 0, onCreateOnly: 0, warned: 0, otherwise: 0, refusedBefore: 0 };

  /** @param settings whose version does not count */
  constructor({ from, to }: VersionPair, settings: Settings) {
    this.#versions = { from: from.version, to: to.version, settings };
    this.#names = { from: from.name, to: to.name };
  }

  /** The findings about one Service: what the newer version does otherwise. */
  *findings(service: ComparedService): Generator<CheckFinding> {
    const { file, namespace, name, manifest } = service;
    const answers = answersOf(manifest, namespace, this.#versions);
    const changes = changesOf(answers, manifest);
    this.#services.all++;
    if (answers.every(({ from }) => !from.decision.allowed)) this.#services.refusedBefore++;
    this.#countService(changes);
    const text = new ServiceText(service);
    for (const change of changes) {
      const content = { ...changeFinding(change, text, this.#names), file, service: { namespace, name } };
      this.#count(content.severity);
      yield { ...content, fingerprint: this.#fingerprints.next(content) };
    }
  }

  /** Takes a finding about a file over: it could not be compared. */
  add(finding: CheckFinding): CheckFinding {
    this.#count(finding.severity);
    return finding;
  }

  /** The summary of the run. @param read what was read, and what of it could not be */
  summary(read: Pick<Summary, "files" | "otherKinds" | "unusable" | "skipped" | "leftOut">): Summary {
    return {
      files: read.files,
      services: this.#services.all,
      otherKinds: read.otherKinds,
      ...this.#counts,
      suppressed: 0,
      unusable: read.unusable,
      ...withoutUndefined({ skipped: read.skipped }),
      leftOut: [...(read.leftOut ?? []), ...this.#notes()],
    };
  }

  #countService(changes: readonly Change[]): void {
    const has = (...kinds: readonly Change["kind"][]): boolean => changes.some(({ kind }) => kinds.includes(kind));
    const refused = changes.filter(({ kind }) => kind === "refused");
    if (refused.length > 0) this.#services.refused++;
    if (refused.length > 0 && refused.every(({ only }) => only === "create")) this.#services.onCreateOnly++;
    if (has("warned")) this.#services.warned++;
    if (has("filled-in", "stored")) this.#services.otherwise++;
  }

  #count(severity: CheckFinding["severity"]): void {
    if (severity === "error") this.#counts.errors++;
    else if (severity === "warning") this.#counts.warnings++;
    else this.#counts.notes++;
  }

  #notes(): string[] {
    const { refused, onCreateOnly, warned, otherwise, refusedBefore } = this.#services;
    const { from, to } = this.#names;
    const create = onCreateOnly === 0 ? "" : ` (${onCreateOnly} of them only if created anew)`;
    return [
      ...(refusedBefore === 0
        ? []
        : [`${countPhrase(refusedBefore, "Service")} refused by ${from} already: not compared; see fairlead check`]),
      `from ${from} to ${to}: ${countPhrase(refused, "Service")} newly refused${create}, ${warned} newly warned about, ${otherwise} filled in or stored otherwise`,
    ];
  }
}
