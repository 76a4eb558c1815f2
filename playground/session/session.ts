import { needsOf } from "#src/check/context/needs.ts";
import { inventoryNotes } from "#src/check/inventory/inventory-notes.ts";
import { capitalized, sentence } from "#src/examine/model/index.ts";
import { findRule } from "#src/policy/rules/index.ts";
import type { Context } from "#src/examine/findings/context.ts";
import { type OldServices, readOldState } from "#src/examine/before/old-services.ts";
import type { CompiledFiles } from "#src/policy/files/compile-files.ts";
import { NO_POLICIES } from "#src/policy/model/index.ts";
import type { Settings } from "#src/examine/settings/settings.ts";
import { Lines } from "#src/text/document/index.ts";
import { readText } from "#src/text/index.ts";
import type { PlaygroundState } from "../state/index.ts";
import { compileWhatIsRight } from "./own-policies.ts";
import { type Around, ObjectsAround } from "./objects-around.ts";
import { settingsOf } from "./settings.ts";

/** The names of the files in the editors, as findings show them. */
export const FILES = { manifest: "service.yaml", before: "before.yaml", policy: "policy.yaml" } as const;

/** Policies that are ready, and what is wrong with the others. */
export type Policies = Pick<CompiledFiles, "policies" | "problems" | "notes">;

/** Why a text cannot be read, and where. */
export interface TextProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

const NONE: Policies = { policies: NO_POLICIES, problems: [], notes: [] };

/** A case, ready to be judged. */
export interface Case {
  readonly state: PlaygroundState;
  readonly context: Context;
  /** Those of the user's own that have no errors are applied. */
  readonly policies: Policies;
  /** What cannot be read of the object before. */
  readonly beforeProblems: readonly TextProblem[];
  /** What policies could not look at, in sentences. */
  readonly notes: readonly string[];
}

/** A case for any manifest, and the context for the last one. */
interface Opened extends Omit<Case, "state" | "notes"> {
  readonly key: string;
  readonly around: ObjectsAround | undefined;
}

/** Opens cases, and keeps what is the same in the next one: to compile policies takes longer than all the rest. */
export class Session {
  readonly #sets: Readonly<Record<string, string>>;
  readonly #today: string;
  readonly #compiled = new Map<string, Policies>();

  #lastOwn = "";
  #last: Opened | undefined;

  /** @param today `YYYY-MM-DD`: exemptions expire by it */
  constructor(sets: Readonly<Record<string, string>>, today: string) {
    this.#sets = sets;
    this.#today = today;
  }

  open(state: PlaygroundState): Case {
    const key = JSON.stringify({ ...state, manifest: "" });
    const opened = this.#last?.key === key ? this.#last : this.#open(state, key);
    const around = opened.around?.of(state.manifest);
    // The same context lets an analysis go on from the one before.
    const isSame = around === undefined || around.inventory === opened.context.inventory;
    this.#last = isSame
      ? opened
      : { ...opened, context: { ...opened.context, inventory: around.inventory, views: around.views } };
    const { context, policies, beforeProblems } = this.#last;
    return { state, context, policies, beforeProblems, notes: notesOf(context, around) };
  }

  #open(state: PlaygroundState, key: string): Opened {
    const settings = settingsOf(state, this.#today);
    const policies = this.#policiesOf(state);
    const isUpdate = state.operation === "update";
    const beforeProblems = isUpdate ? problemsIn(state.before) : [];
    const old = isUpdate ? oldServices(state, settings) : undefined;
    const context: Context = {
      settings,
      policies: policies.policies,
      old,
      wantsServices: false,
      wantsEdits: true,
      isNamed: true,
    };
    const needsOthers = policies.policies.needs.size > 0;
    const around = needsOthers ? new ObjectsAround(settings, state.isComplete) : undefined;
    return { key, context, policies, beforeProblems, around };
  }

  #policiesOf({ policySet, policy }: PlaygroundState): Policies {
    const isOwn = policySet === "own";
    const text = isOwn ? policy : Object.hasOwn(this.#sets, policySet) ? this.#sets[policySet] : undefined;
    if (text === undefined || text.trim() === "") return NONE;
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    // Only the ready-made sets come back: of an own policy, each state is a new text.
    const file = isOwn ? FILES.policy : `${policySet}.yaml`;
    const compiled = compileWhatIsRight(text, file);
    if (isOwn) {
      this.#compiled.delete(this.#lastOwn);
      this.#lastOwn = text;
    }
    this.#compiled.set(text, compiled);
    return compiled;
  }
}

/** What `check` notes at its end; what is passed over of policies is told where they are. */
function notesOf({ policies, old }: Context, around: Around | undefined): readonly string[] {
  const others =
    around === undefined
      ? []
      : inventoryNotes(needsOf(policies, findRule), { known: around.known, isChange: old !== undefined }, 0);
  return others.map(capitalized).map(sentence);
}

function oldServices({ before }: PlaygroundState, settings: Settings): OldServices {
  return readOldState([{ file: FILES.before, text: before }], settings, () => undefined).services;
}

function problemsIn(text: string): readonly TextProblem[] {
  const lines = new Lines(text);
  return readText(text, { format: "auto" }).problems.map(({ region, message }) => ({
    ...lines.range(region),
    message,
  }));
}
