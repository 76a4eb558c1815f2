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

/** The most other Services that are compared with one: the time that it takes has a limit then, whatever they claim. */
const MAX_COMPARED = 100_000;

/** Compares Services, and says which of them are new in conflict. One object for all that is asked about one Service. */
export class Comparison {
  readonly #around: Surroundings;
  #left = MAX_COMPARED;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /**
   * The Services that come into conflict by this write, each once, in the order of their names. A Service does not conflict
   * with itself, and what was in conflict before an update is not refused for it.
   * @param isConflict whether this Service, or what it was before, conflicts with another
   */
  conflicts(
    others: Iterable<ServiceEntry>,
    isConflict: (one: ServiceEntry, other: ServiceEntry) => boolean,
  ): readonly ServiceEntry[] {
    const { service, old } = this.#around;
    const found = new Map<string, ServiceEntry>();
    for (const other of others) {
      if (--this.#left < 0) break;
      if (isSame(service, other) || !isConflict(service, other)) continue;
      if (old !== undefined && isConflict(old, other)) continue;
      found.set(fullName(other), other);
    }
    return [...found.values()].sort((one, other) => (fullName(one) < fullName(other) ? -1 : 1));
  }
}

function isSame(one: ServiceEntry, other: ServiceEntry): boolean {
  return one.name === other.name && one.namespace === other.namespace;
}

function fullName({ namespace, name }: ServiceEntry): string {
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

/** Whether two Services have a port number with the same protocol. */
export function sharePort(one: ServiceEntry, other: ServiceEntry): boolean {
  const ports = new Set(one.ports.map(({ port, protocol }) => `${port}/${protocol}`));
  return other.ports.some(({ port, protocol }) => ports.has(`${port}/${protocol}`));
}
