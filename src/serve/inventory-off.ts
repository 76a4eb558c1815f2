import { NO_POLICIES } from "../policy/model/index.ts";
import { type InventorySource, NO_INVENTORY, type PolicySource } from "../sources/index.ts";
import type { Logger } from "../webhook/logging/index.ts";

/** Nothing is read of what is around Services; each time policies come into force that need it, the log says so. */
export function inventoryOff(policies: PolicySource, log: Logger): InventorySource {
  let last = NO_POLICIES;
  let told = "";
  return {
    ...NO_INVENTORY,
    current() {
      const set = policies.current();
      if (set === last) return undefined;
      last = set;
      const needs = [...set.needs].sort().join(", ");
      if (needs !== "" && needs !== told)
        log.warn(
          { needs, setting: "kubernetes.inventory" },
          "rules find nothing because what is around Services is not read: set kubernetes.inventory to watch (in the chart: inventory to on)",
        );
      told = needs;
      return undefined;
    },
  };
}
