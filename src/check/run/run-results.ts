import { withoutUndefined } from "../../field/index.ts";
import { readSource } from "../../files/index.ts";
import { type CheckFinding, countPhrase } from "../../examine/model/index.ts";
import type { Summary } from "../../reports/model/index.ts";
import { Lines } from "../../text/document/index.ts";
import type { Edit } from "../../examine/edits/index.ts";
import type { CheckRule, FindingContent, JudgedService } from "../../examine/findings/index.ts";
import { type FileResult, Fingerprints } from "../fingerprints/index.ts";
import type { Input } from "../inputs/index.ts";
import type { AppliedSet } from "../layout/index.ts";
import { Claims, conflictsOfFile, type PossibleConflict } from "../../examine/claims/index.ts";
import { FILE_START, frameOf } from "../../examine/places/index.ts";
import type { RenderFailure } from "../render/index.ts";
import type { Baseline } from "./baseline.ts";
import { SkippedFiles, skippedFileFinding, type SkipReason } from "./skipped-files.ts";

/** An event of a run. */
export type CheckEvent =
  | { readonly type: "finding"; readonly finding: CheckFinding }
  | { readonly type: "service"; readonly service: JudgedService }
  /** `--fix` would change a file. */
  | { readonly type: "fixable"; readonly file: string; readonly before: string; readonly after: string }
  /** `--fix` has changed a file. */
  | {
      readonly type: "fixed";
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly edit: Edit;
    };

/** The findings for links and folders that are skipped. */
const SKIPPED_ENTRIES = {
  loop: { rule: "link-loop", message: "this link leads back to a folder that is being checked: skipped" },
  outside: {
    rule: "link-outside",
    message: "this folder lies outside of what is checked: skipped; name it to have it checked",
  },
  dangling: { rule: "link-dangling", message: "this link leads to a file that does not exist: skipped" },
} as const satisfies Record<string, { readonly rule: CheckRule; readonly message: string }>;

/** How many Services a sentence names. */
const MOST_NAMES = 5;

type Counts = { -readonly [Key in Exclude<keyof Summary, "leftOut" | "skipped">]: Summary[Key] };

/**
 * Counts the results of a run, suppresses findings of the baseline, and reports conflicts between Services of the run.
 */
export class RunResults {
  readonly #counts: Counts = {
    files: 0,
    services: 0,
    otherKinds: 0,
    errors: 0,
    warnings: 0,
    notes: 0,
    suppressed: 0,
    unusable: 0,
  };
  readonly #claims = new Claims();
  readonly #fingerprints = new Fingerprints();
  readonly #baseline: Baseline | undefined;
  readonly #skipped = new SkippedFiles();
  readonly #isStrict: boolean;
  readonly #leftOut: string[] = [];
  #dependOnUnknownRanges = 0;
  readonly #new = { count: 0, names: new Array<string>() };
  #current: { readonly file: string; readonly lines: Lines } | undefined;

  /** @param isStrict whether each file that was found and is no manifest is an error */
  constructor(baseline: Baseline | undefined, isStrict: boolean) {
    this.#baseline = baseline;
    this.#isStrict = isStrict;
  }

  get summary(): Summary {
    const skipped = this.#skipped.count;
    const leftOut = [
      ...this.#skipped.notes(),
      ...this.#unknownRangesNote(),
      ...this.#newServicesNote(),
      ...this.#leftOut,
    ];
    return {
      ...this.#counts,
      ...(skipped > 0 && { skipped }),
      ...(leftOut.length > 0 && { leftOut }),
    };
  }

  /** Adds sentences about what was not judged. */
  leaveOut(sentences: readonly string[]): void {
    this.#leftOut.push(...sentences);
  }

  #unknownRangesNote(): string[] {
    const count = this.#dependOnUnknownRanges;
    if (count === 0) return [];
    const services = `${countPhrase(count, "Service")} ${count === 1 ? "asks" : "ask"}`;
    return [
      `${services} for cluster IPs or IP families, which were not judged: the cluster's address ranges are not known; set them with --service-cidr or --cluster-profile`,
    ];
  }

  #newServicesNote(): string[] {
    const { count, names } = this.#new;
    if (count === 0) return [];
    const more = count > names.length ? ` and ${count - names.length} more` : "";
    const services = `${countPhrase(count, "Service")} ${count === 1 ? "is" : "are"} not in --against`;
    return [`${services}, and judged as new: ${names.join(", ")}${more}`];
  }

  /**
   * Adds the results of one file.
   * @param text its text if available; otherwise the file is read again when needed
   * @param sets what is applied to a cluster together with the file: claims of two sets never conflict
   */
  *addFile(
    file: string,
    text: string | undefined,
    examined: Iterable<FileResult>,
    sets: readonly AppliedSet[],
  ): Generator<CheckEvent> {
    this.#baseline?.recordFile(file);
    this.#current = text === undefined ? undefined : { file, lines: new Lines(text) };
    let isUsable = true;
    let isJudged = false;
    let noObjects = 0;
    const conflicts: PossibleConflict[] = [];
    const reasons = new Set<Extract<FileResult, { type: "skipped" }>["reason"]>();
    for (const result of examined) {
      if (result.type !== "skipped" && result.type !== "none") isJudged = true;
      if (result.type === "skipped") reasons.add(result.reason);
      else if (result.type === "finding") yield this.#finding(result.finding);
      else if (result.type === "over-limit") continue;
      else if (result.type === "none") noObjects++;
      else if (result.type === "other") this.#counts.otherKinds++;
      else if (result.type === "unusable") isUsable = false;
      else {
        conflicts.push(...this.#claims.add(result.claims, result.identity, file, sets));
        yield* this.#service(result);
      }
    }
    for (const conflict of conflictsOfFile(conflicts)) {
      yield this.#reported(conflict, file, frameOf(conflict.region, this.#linesOf(file)));
    }
    for (const type of reasons) yield* this.#skip(file, { type });
    if (!reasons.has("no-manifest")) this.#counts.otherKinds += noObjects;
    if (isJudged || reasons.size === 0) this.#counts.files++;
    if (!isUsable) this.#counts.unusable++;
  }

  /** Adds a finding about a file that is not judged itself. */
  *addOutside(content: FindingContent, file: string): Generator<CheckEvent> {
    yield this.#reported(content, file, frameOf(content.region, this.#linesOf(file)));
  }

  /** Adds a finding for a file that `--fix` could not write. Its text is judged unchanged. */
  *addUnwritableFile(file: string, reason: string): Generator<CheckEvent> {
    this.#counts.unusable++;
    const message = `this file cannot be fixed: ${reason}`;
    const content = { severity: "error", rule: "file-unwritable", message, region: FILE_START, field: "" } as const;
    yield this.#reported(content, file, { firstLine: 1, lines: [] });
  }

  /** Adds a finding for a chart or an overlay that could not be rendered. @param name what was rendered */
  *addRenderFailure(
    name: string,
    { failure, fix }: RenderFailure,
    severity: "error" | "warning",
  ): Generator<CheckEvent> {
    this.#counts.files++;
    if (severity === "error") this.#counts.unusable++;
    const message = `this cannot be rendered: ${failure}`;
    const content = { severity, rule: "not-rendered", message, region: FILE_START, field: "" } as const;
    yield this.#reported({ ...content, ...withoutUndefined({ fix }) }, name, { firstLine: 1, lines: [] });
  }

  /** Counts a file that was found in a folder and is not judged; with `--strict-files`, it is an error. */
  *#skip(file: string, reason: SkipReason): Generator<CheckEvent> {
    if (!this.#isStrict) {
      this.#skipped.add(reason);
      return;
    }
    this.#counts.unusable++;
    const { rule, message } = skippedFileFinding(reason);
    const content = { severity: "error", rule, message, region: FILE_START, field: "" } as const;
    yield this.#reported(content, file, { firstLine: 1, lines: [] });
  }

  /** Adds a finding for an input that cannot be read, and counts one that is skipped. */
  *addInputProblem(input: Exclude<Input, { type: "file" }>, line = 1): Generator<CheckEvent> {
    if (input.type === "skipped") {
      this.#baseline?.recordFile(input.file);
      yield* this.#skip(input.file, input.role);
      return;
    }
    const region = { ...FILE_START, startLine: line, endLine: line };
    const location = { region, field: "" };
    if (input.type !== "unreadable") {
      const content = { severity: "note", ...SKIPPED_ENTRIES[input.type], ...location } as const;
      yield this.#reported(content, input.file, { firstLine: 1, lines: [] });
      return;
    }
    this.#counts.files++;
    this.#counts.unusable++;
    const { file, reason } = input;
    const content = {
      severity: "error",
      rule: "file-unreadable" satisfies CheckRule,
      message: reason,
      ...location,
    } as const;
    yield this.#reported(content, file, { firstLine: line, lines: [] });
  }

  *#service({
    identity,
    judged,
    dependsOnUnknownRanges,
    isNew,
  }: Extract<FileResult, { type: "service" }>): Generator<CheckEvent> {
    this.#counts.services++;
    if (dependsOnUnknownRanges) this.#dependOnUnknownRanges++;
    if (isNew) this.#new.count++;
    if (isNew && this.#new.names.length < MOST_NAMES) this.#new.names.push(`${identity.namespace}/${identity.name}`);
    if (judged !== undefined) yield { type: "service", service: judged };
  }

  #reported(content: FindingContent, file: string, frame: CheckFinding["frame"]): CheckEvent {
    const fingerprint = this.#fingerprints.next({ ...content, file });
    return this.#finding({ ...content, file, frame, fingerprint });
  }

  #finding(found: CheckFinding): CheckEvent {
    const finding = this.#baseline?.suppressIfKnown(found) ?? found;
    if (finding.suppressed !== undefined) this.#counts.suppressed++;
    else if (finding.severity === "error") this.#counts.errors++;
    else if (finding.severity === "warning") this.#counts.warnings++;
    else this.#counts.notes++;
    return { type: "finding", finding };
  }

  #linesOf(file: string): Lines {
    if (this.#current?.file === file) return this.#current.lines;
    const source = readSource(file);
    const lines = new Lines("text" in source ? source.text : "");
    this.#current = { file, lines };
    return lines;
  }
}
