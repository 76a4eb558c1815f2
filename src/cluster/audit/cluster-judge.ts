import { type AuditSettings, judgeReference, judgeStored, type Stored } from "../../audit/judge/index.ts";
import { type AuditResult, resultOfReference, resultOfService } from "../../audit/results/index.ts";
import { TimeBudgetExceeded } from "../../field/index.ts";
import type { Clock, Slices } from "../loop/index.ts";
import type { AuditSources } from "./settings.ts";

/**
 * The longest time, in milliseconds, for which the judgement of one Service may block reviews. The first one takes long: its code is
 * not compiled yet.
 */
const BUDGET = 200;

/** What was found about an object that names Services. */
export interface FoundOfObject {
  readonly namespace: string;
  /** Its kind and name. */
  readonly key: string;
  readonly results: readonly AuditResult[];
}

/** Judges what is stored in a cluster by what its sources say at the time. */
export class ClusterJudge {
  readonly #sources: AuditSources;
  readonly #clock: Clock;

  constructor(sources: AuditSources, clock: Clock) {
    this.#sources = sources;
    this.#clock = clock;
  }

  /** What is judged by besides the policies, as a text that is another one as soon as anything of it is. */
  basis(): string {
    const { policies, facts, inventory } = this.#sources;
    const { version, profile } = facts.current();
    const around = policies().needs.size === 0 ? undefined : inventory?.revision();
    return JSON.stringify([version, profile, this.#today(), around]);
  }

  /** What is found about a Service; undefined if that takes too long. */
  results(stored: Stored): readonly AuditResult[] | undefined {
    try {
      return judgeStored(stored, this.#settings()).map((one) => resultOfService(one, stored));
    } catch (error) {
      if (error instanceof TimeBudgetExceeded) return undefined;
      throw error;
    }
  }

  /** Judges what names Services, in slices. @returns the objects about which anything is found, by `namespace/kind/name` */
  async resultsOfReferences(slices: Slices): Promise<ReadonlyMap<string, FoundOfObject>> {
    const found = new Map<string, FoundOfObject>();
    for (const reference of this.#sources.inventory?.references() ?? []) {
      const { namespace, kind, name } = reference;
      const results = judgeReference(reference, this.#settings()).map((one) => resultOfReference(one, reference));
      const key = `${kind}/${name}`;
      const path = `${namespace}/${key}`;
      const before = found.get(path)?.results ?? [];
      if (results.length > 0) found.set(path, { namespace, key, results: [...before, ...results] });
      await slices.next();
    }
    return found;
  }

  #settings(): AuditSettings {
    const { policies, facts, inventory } = this.#sources;
    const { version, profile } = facts.current();
    const end = performance.now() + BUDGET;
    return {
      version,
      cluster: profile,
      policies: policies(),
      today: this.#today(),
      namespaceLabels: (namespace) => facts.namespaceLabels?.(namespace),
      inventory: inventory?.view(),
      checkpoint: () => {
        if (performance.now() > end) throw new TimeBudgetExceeded();
      },
    };
  }

  #today(): string {
    return this.#clock.now().toISOString().slice(0, "YYYY-MM-DD".length);
  }
}
