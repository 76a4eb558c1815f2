import { serviceEntry } from "../../../inventory/extract/index.ts";
import type { InventoryView, ServiceEntry } from "../../../inventory/model/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import { onceAReview } from "./once-a-review.ts";

/** A Service and what is around it. */
export interface Surroundings {
  readonly service: ServiceEntry;
  /** The Service before an update. */
  readonly old: ServiceEntry | undefined;
  readonly inventory: InventoryView;
}

/** What rules about several objects compare; undefined if nothing is known of the others. */
export const surroundingsOf = onceAReview((service, { inventory, oldService, facts }): Surroundings | undefined => {
  if (inventory === undefined) return undefined;
  const entry = (of: Service): ServiceEntry => serviceEntry(of, facts.namespace);
  return { service: entry(service), old: oldService && entry(oldService), inventory };
});
