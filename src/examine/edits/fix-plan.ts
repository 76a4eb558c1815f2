import type { Finding } from "../../service/findings/index.ts";
import { type Duplicate, Lines, type KeyPath, type TextDocument } from "../../text/document/index.ts";
import { streamText } from "../../text/index.ts";
import { EmptyParents } from "./indentation.ts";
import { type Edit, editFor } from "./edits.ts";
import { KeyRenames, type Rename } from "./key-renames.ts";
import { type Change, withChanges } from "./manifest-draft.ts";
import { dependsOn } from "./dependence.ts";
import { misplacedTo } from "./misplaced.ts";

/** A manifest, and where it is in a text. */
export interface LocatedManifest {
  readonly value: unknown;
  readonly document: TextDocument;
  readonly lines: Lines;
  /** The location of the manifest in the document. */
  readonly keys: KeyPath;
  /** The fields that the text has more than once. */
  readonly duplicates: readonly Duplicate[];
}

/** What is done about a finding, and whether its author is offered to have it done. */
export interface Step {
  readonly finding: Finding;
  readonly change: Change;
  readonly edit: Edit | undefined;
  readonly rename: Rename | undefined;
}

/** A step that is taken back, because the API server refuses its outcome, too. */
export interface RefusedStep {
  readonly step: Step;
  readonly because: Finding;
}

/**
 * What becomes of a manifest when its findings are mended, one round after the other: each round reveals what those before
 * it hid. What has an automatic fix gets it. What has none is put aside, if nothing behind it would be judged.
 */
export class FixPlan {
  readonly #manifest: LocatedManifest;
  readonly #edits = new Map<Finding, Edit>();
  readonly #renames = new Map<Finding, Rename>();
  readonly #refusals = new Map<Finding, Finding>();
  /** The keys in the text of what the plan has renamed or moved, by its new keys. */
  readonly #written = new Map<string, KeyPath>();
  /** The other way round. */
  readonly #placed = new Map<string, KeyPath>();
  readonly #parents = new Map<Finding, KeyPath>();
  readonly #emptyParents = new EmptyParents();
  readonly #unread: KeyPath[] = [];
  readonly #repeated: ReadonlySet<string>;
  #steps: Step[] = [];
  #corrected: unknown;

  constructor(manifest: LocatedManifest) {
    this.#manifest = manifest;
    this.#corrected = manifest.value;
    this.#repeated = new Set(manifest.duplicates.map(({ path }) => JSON.stringify(path.keys())));
  }

  /** The manifest after the steps of the plan. */
  get corrected(): unknown {
    return this.#corrected;
  }

  /** Whether values are put aside: what the corrected manifest says without them is not all that it will say. */
  get isPartial(): boolean {
    return this.#unread.length > 0;
  }

  /**
   * Plans what is done about the findings of a round.
   * @returns the steps; none if there is nothing that would reveal more
   */
  plan(findings: readonly Finding[]): readonly Step[] {
    const renames = new KeyRenames(this.#corrected, findings, (keys) =>
      this.#repeated.has(JSON.stringify(this.written(keys))),
    );
    const steps = findings.flatMap((finding) => this.#step(finding, renames) ?? []);
    this.#steps.push(...steps);
    this.#update();
    return steps;
  }

  /** Takes steps back: their findings get no edit. */
  takeBack(refused: readonly RefusedStep[]): void {
    const refusedSteps = new Set(refused.map(({ step }) => step));
    this.#steps = this.#steps.filter((step) => !refusedSteps.has(step));
    for (const { step, because } of refused) {
      this.#refusals.set(step.finding, because);
      if (HIDING.has(step.finding.code)) this.#steps.push({ ...step, change: this.#putAside(step.change.keys) });
    }
    this.#update();
  }

  /** Takes a step once more that was taken back. */
  retake(step: Step): void {
    this.#refusals.delete(step.finding);
    this.#steps.push(step);
    this.#update();
  }

  /** Whether a finding about the corrected manifest may only be there because a value is put aside. */
  isUncertain(finding: Finding): boolean {
    return this.#unread.length > MOST_UNREAD || this.#unread.some((keys) => dependsOn(finding, keys));
  }

  /** The edit that fixes the finding; undefined if there is none. */
  editOf(finding: Finding): Edit | undefined {
    return this.#refusals.has(finding) ? undefined : this.#edits.get(finding);
  }

  /** The rename that fixes the finding; undefined if it is not about a misspelled key. */
  renameOf(finding: Finding): Rename | undefined {
    return this.#renames.get(finding);
  }

  /** Why the obvious fix of a finding is none. */
  refusalOf(finding: Finding): Finding | undefined {
    return this.#refusals.get(finding);
  }

  /** The empty object that the key of the finding should be indented under; undefined for any other finding. */
  parentOf(finding: Finding): KeyPath | undefined {
    return this.#parents.get(finding);
  }

  /** The keys in the text, relative to the manifest, of what the corrected manifest has at these keys. */
  written(keys: KeyPath): KeyPath {
    return withPrefix(keys, this.#written);
  }

  /** The keys in the corrected manifest of what the text has at these keys. */
  inCorrected(keys: KeyPath): KeyPath {
    return withPrefix(keys, this.#placed);
  }

  #update(): void {
    this.#corrected = withChanges(
      this.#manifest.value,
      this.#steps.map(({ change }) => change),
    );
  }

  #step(finding: Finding, renames: KeyRenames): Step | undefined {
    const keys = finding.path.keys();
    const parent = finding.code === "unknown-field" ? this.#emptyParents.of(keys, this.#corrected) : undefined;
    if (parent !== undefined) return this.#indented(finding, parent);
    const { document, lines, keys: root } = this.#manifest;
    const edit = editFor(finding, { document, lines, keys: [...root, ...this.written(keys)], renames });
    if (edit !== undefined) this.#edits.set(finding, edit);
    const rename = renames.of(finding);
    if (rename !== undefined) this.#renames.set(finding, rename);
    const change = this.#changeFor(finding, edit, rename);
    return change && { finding, change, edit, rename };
  }

  #changeFor(finding: Finding, edit: Edit | undefined, rename: Rename | undefined): Change | undefined {
    const keys = finding.path.keys();
    if (finding.code === "unknown-field") return this.#renamed(finding, rename);
    if (edit !== undefined) return { type: "set", keys, value: valueOf(edit.after) };
    if (finding.code === "wrong-kind" || finding.code === "wrong-place")
      return { type: "set", keys, value: finding.facts?.want };
    if (!HIDING.has(finding.code)) return undefined;
    return this.#putAside(keys);
  }

  /** A key in the empty object that it should be indented under. */
  #indented(finding: Finding, parent: KeyPath): Step {
    const keys = finding.path.keys();
    this.#parents.set(finding, parent);
    return { finding, change: this.#moved(keys, [...parent, ...keys.slice(-1)]), edit: undefined, rename: undefined };
  }

  #moved(keys: KeyPath, to: KeyPath): Change {
    const written = this.written(keys);
    this.#written.set(JSON.stringify(to), written);
    this.#placed.set(JSON.stringify(written), to);
    return { type: "move", keys, to };
  }

  /** A key under its right name or in its right place; without it, if there is none. */
  #renamed(finding: Finding, rename: Rename | undefined): Change {
    const keys = finding.path.keys();
    const to = rename?.to === undefined ? misplacedTo(finding, this.#corrected) : sibling(keys, rename.to);
    if (to !== undefined && to !== "unclear") {
      return this.#moved(keys, to);
    }
    if (to === "unclear") this.#unread.push(["spec", "ports"]);
    if (rename?.isAmbiguous === true) this.#unread.push(sibling(keys, rename.meant));
    return { type: "remove", keys };
  }

  #putAside(keys: KeyPath): Change {
    this.#unread.push(keys);
    return { type: "set", keys, value: null };
  }
}

/** If more values than this are put aside, nothing behind them is judged. */
const MOST_UNREAD = 100;

/** What the API server cannot read: it looks at nothing else as long as there is one. */
const HIDING: ReadonlySet<Finding["code"]> = new Set(["wrong-type", "wrong-time", "not-int32"]);

/** The keys with their longest prefix in the table replaced. */
function withPrefix(keys: KeyPath, table: ReadonlyMap<string, KeyPath>): KeyPath {
  for (let length = keys.length; length > 0 && table.size > 0; length--) {
    const prefix = table.get(JSON.stringify(keys.slice(0, length)));
    if (prefix !== undefined) return [...prefix, ...keys.slice(length)];
  }
  return keys;
}

function sibling(keys: KeyPath, name: string): KeyPath {
  return [...keys.slice(0, -1), name];
}

/** The value of a scalar. */
function valueOf(scalar: string): unknown {
  const [document] = streamText(new Lines(scalar), { format: "yaml" });
  return document?.value;
}
