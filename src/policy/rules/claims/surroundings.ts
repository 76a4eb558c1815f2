import { serviceEntry } from "../../../inventory/extract/index.ts";
import type { InventoryView, ServiceEntry } from "../../../inventory/model/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import type { RuleContext } from "../kit/index.ts";

/** A Service and what is around it. */
export interface Surroundings {
  readonly service: ServiceEntry;
  /** The Service before an update. */
  readonly old: ServiceEntry | undefined;
  readonly inventory: InventoryView;
}

/** What rules about several Services compare; undefined if nothing is known of the others. */
export function surroundingsOf(service: Service, context: RuleContext): Surroundings | undefined {
  const { inventory, oldService, facts } = context;
  if (inventory === undefined) return undefined;
  const entry = (of: Service): ServiceEntry => serviceEntry(of, facts.namespace);
  return { service: entry(service), old: oldService && entry(oldService), inventory };
}

/** Whether two entries are one Service. */
export function isSame(one: ServiceEntry, other: ServiceEntry): boolean {
  return one.name === other.name && one.namespace === other.namespace;
}

/** A Service as messages name it. */
export function fullName({ namespace, name }: ServiceEntry): string {
  return `${namespace}/${name}`;
}

const MOST_NAMED = 3;

/** The Services as messages name them: the first of them, and how many more there are. */
export function namesOf(services: readonly ServiceEntry[]): string {
  const named = services.slice(0, MOST_NAMED).map(fullName);
  const more = services.length - named.length;
  if (more > 0) return `${named.join(", ")} and ${more} more`;
  const last = named.pop() ?? "";
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}
