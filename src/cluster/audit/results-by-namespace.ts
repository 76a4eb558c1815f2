import type { AuditResult } from "../../audit/results/index.ts";
import type { Slices } from "../loop/index.ts";

/** How many results there are of a rule. */
export interface ResultCount {
  readonly policy: string;
  readonly rule: string;
  readonly action: AuditResult["action"];
  readonly count: number;
}

/** The results of an audit, by namespace and object; and the namespaces whose results have changed. */
export class ResultsByNamespace {
  readonly #results = new Map<string, Map<string, readonly AuditResult[]>>();
  readonly #changed = new Set<string>();
  /** Kept all the time: whoever asks for metrics is not to wait for a count of all. */
  readonly #counts = new Map<string, ResultCount>();

  /** The namespaces whose results have changed since {@link settle}. */
  get changed(): ReadonlySet<string> {
    return this.#changed;
  }

  /** Says that a namespace has to be looked at, whatever its results. */
  touch(namespace: string): void {
    this.#changed.add(namespace);
  }

  settle(namespace: string): void {
    this.#changed.delete(namespace);
  }

  /** @param key of the object, in its namespace */
  set(namespace: string, key: string, results: readonly AuditResult[]): void {
    const objects = this.#results.get(namespace);
    const before = objects?.get(key) ?? [];
    if (results.length === 0) {
      objects?.delete(key);
      if (objects?.size === 0) this.#results.delete(namespace);
    } else if (objects === undefined) this.#results.set(namespace, new Map([[key, results]]));
    else objects.set(key, results);
    if (textOf(before) !== textOf(results)) this.#changed.add(namespace);
    this.#count(before, -1);
    this.#count(results, 1);
  }

  /** Forgets what is about objects other than these. @param isStale whether an object is gone */
  async sweep(isStale: (namespace: string, key: string) => boolean, slices: Slices): Promise<void> {
    for (const [namespace, objects] of this.#results) {
      for (const key of objects.keys()) if (isStale(namespace, key)) this.set(namespace, key, []);
      await slices.next();
    }
  }

  /** The results of a namespace, by object. */
  of(namespace: string): ReadonlyMap<string, readonly AuditResult[]> {
    return this.#results.get(namespace) ?? new Map<string, readonly AuditResult[]>();
  }

  clear(): void {
    this.#results.clear();
    this.#changed.clear();
    this.#counts.clear();
  }

  /** How many results there are, by policy, rule and action. */
  counts(): ResultCount[] {
    return [...this.#counts.values()];
  }

  #count(results: readonly AuditResult[], step: 1 | -1): void {
    for (const { policy, rule, action } of results) {
      const key = JSON.stringify([policy, rule, action]);
      const count = (this.#counts.get(key)?.count ?? 0) + step;
      if (count === 0) this.#counts.delete(key);
      else this.#counts.set(key, { policy, rule, action, count });
    }
  }
}

function textOf(results: readonly AuditResult[]): string {
  return results.length === 0 ? "" : JSON.stringify(results);
}
