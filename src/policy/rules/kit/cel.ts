import type { ClusterProfile } from "../../../service/cluster/index.ts";
import type { Cel, Fact } from "../../in-cel/index.ts";

/** A list or a map in each of whose entries a rule looks, with the names of index (or key) and item in expressions. */
export interface CelEach {
  readonly of: Cel;
  readonly names: readonly [index: string, item: string];
}

/** What a rule may find, in CEL: one of its messages, and where it applies. */
export interface CelFinding<M extends string = string> {
  readonly says: M;
  /** Absent: it is found once at most. */
  readonly each?: CelEach;
  /** Whether the Service, or this entry, violates the rule: an expression that never fails on a Service. */
  readonly where: Cel;
  /** The field path: a template over the facts, `index` and `key`. */
  readonly path: string;
  readonly found?: Fact;
  /** Values that `where` uses as `variables.NAME`, beside those of `variablesIn`. */
  readonly variables?: Readonly<Record<string, Cel>>;
  readonly facts?: Readonly<Record<string, Fact>>;
}

/**
 * A rule with its parameters in CEL: what it may find, or why CEL cannot say it. `leavesOut` is what the rule finds and its
 * CEL does not.
 */
export type RuleInCel<M extends string = string> =
  { readonly findings: readonly CelFinding<M>[]; readonly leavesOut?: string } | { readonly cannot: string };

/** How a rule is said in CEL: with the parameters and the facts about a cluster that it is rendered for, or never. */
export type CelOf<P, M extends string> =
  | ((parameters: P, cluster: ClusterProfile) => readonly CelFinding<M>[] | { readonly cannot: string })
  | {
      readonly leavesOut: string;
      readonly findings: (parameters: P, cluster: ClusterProfile) => readonly CelFinding<M>[];
    }
  | { readonly cannot: string };

/** Says a rule in CEL. */
export function sayInCel<P, M extends string>(cel: CelOf<P, M>, parameters: P, cluster: ClusterProfile): RuleInCel<M> {
  if (typeof cel === "object") {
    if ("cannot" in cel) return cel;
    return { findings: cel.findings(parameters, cluster), leavesOut: cel.leavesOut };
  }
  const said = cel(parameters, cluster);
  return "cannot" in said ? said : { findings: said };
}

/** Each port, as `port`. */
export const EACH_PORT = { of: "variables.ports", names: ["index", "port"] } as const satisfies CelEach;
/** Each annotation, as `key` and `value`. */
export const EACH_ANNOTATION = { of: "variables.annotations", names: ["key", "value"] } as const satisfies CelEach;
/** Each label, as `key` and `value`. */
export const EACH_LABEL = { of: "variables.labels", names: ["key", "value"] } as const satisfies CelEach;

/** A fact that an expression gives. */
export function byCel(cel: Cel): Fact {
  return { cel };
}
