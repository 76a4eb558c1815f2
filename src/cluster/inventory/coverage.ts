import type { Need } from "../../inventory/model/index.ts";
import { findRule } from "../../policy/rules/index.ts";
import type { ServicePolicy } from "../../policy/schema/index.ts";

/** What a policy's status says about the inventory. */
export interface InventoryCoverage {
  /** Why one of these needs is not met, as a sentence; undefined if they are, or are about to be. */
  lacking(needs: readonly Need[]): string | undefined;
  /** Calls the listener when that may have changed. Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void;
}

/** Nothing is read: nobody has asked for it. */
export const INVENTORY_IS_OFF: InventoryCoverage = {
  lacking: (needs) =>
    needs.length === 0
      ? undefined
      : "what is around Services is not read: set kubernetes.inventory to watch (in the chart: inventory to on)",
  subscribe: () => () => undefined,
};

/** Which rules of the policy find nothing without what they need, and why; undefined if there are none. */
export function withoutInventory(policy: ServicePolicy, coverage: InventoryCoverage): string | undefined {
  const byReason = Map.groupBy(policy.spec.rules, ({ rule }) => coverage.lacking(findRule(rule)?.needs ?? []));
  const parts = [...byReason].flatMap(([reason, rules]) => {
    if (reason === undefined) return [];
    const ids = [...new Set(rules.map(({ rule }) => rule))];
    return `${ids.length === 1 ? "rule" : "rules"} ${ids.join(", ")} ${ids.length === 1 ? "finds" : "find"} nothing: ${reason}`;
  });
  return parts.length === 0 ? undefined : parts.join("; ");
}
