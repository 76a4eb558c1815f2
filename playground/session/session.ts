import type { Context } from "#src/examine/findings/context.ts";
import { type OldServices, readOldState } from "#src/examine/before/old-services.ts";
import { compileFiles, type CompiledFiles } from "#src/policy/files/compile-files.ts";
import { NO_POLICIES } from "#src/policy/model/index.ts";
import type { Settings } from "#src/examine/settings/settings.ts";
import type { PlaygroundState } from "../state/index.ts";
import { ObjectsAround } from "./objects-around.ts";
import { settingsOf } from "./settings.ts";

/** The names of the files in the editors, as findings show them. */
export const FILES = { manifest: "service.yaml", before: "before.yaml", policy: "policy.yaml" } as const;

const NONE: Pick<CompiledFiles, "policies" | "problems"> = { policies: NO_POLICIES, problems: [] };

/** A case, ready to be judged. */
export interface Case {
  readonly state: PlaygroundState;
  readonly context: Context;
  readonly policies: Pick<CompiledFiles, "policies" | "problems">;
  /** What cannot be read of the object before, in sentences. */
  readonly beforeProblems: readonly string[];
}

/** A case for any manifest, and the context for the last one. */
interface Opened extends Omit<Case, "state"> {
  readonly key: string;
  readonly around: ObjectsAround | undefined;
}

/** Opens cases, and keeps what is the same in the next one: to compile policies takes longer than all the rest. */
export class Session {
  readonly #sets: Readonly<Record<string, string>>;
  readonly #today: string;
  readonly #compiled = new Map<string, Pick<CompiledFiles, "policies" | "problems">>();

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
    this.#last = isSame ? opened : { ...opened, context: { ...opened.context, ...around } };
    const { context, policies, beforeProblems } = this.#last;
    return { state, context, policies, beforeProblems };
  }

  #open(state: PlaygroundState, key: string): Opened {
    const settings = settingsOf(state, this.#today);
    const policies = this.#policiesOf(state);
    const beforeProblems: string[] = [];
    const old = state.operation === "update" ? oldServices(state, settings, beforeProblems) : undefined;
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

  #policiesOf({ policySet, policy }: PlaygroundState): Pick<CompiledFiles, "policies" | "problems"> {
    const isOwn = policySet === "own";
    const text = isOwn ? policy : this.#sets[policySet];
    if (text === undefined || text.trim() === "") return NONE;
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    // Only the ready-made sets come back: of an own policy, each state is a new text.
    const file = isOwn ? FILES.policy : `${policySet}.yaml`;
    const compiled = compileFiles([{ file, text }]);
    if (isOwn) {
      this.#compiled.delete(this.#lastOwn);
      this.#lastOwn = text;
    }
    this.#compiled.set(text, compiled);
    return compiled;
  }
}

function oldServices({ before }: PlaygroundState, settings: Settings, problems: string[]): OldServices {
  const { services } = readOldState([{ file: FILES.before, text: before }], settings, (sentence) => {
    problems.push(sentence);
  });
  return services;
}
