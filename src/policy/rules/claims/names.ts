import type { ServiceEntry } from "../../../inventory/model/index.ts";

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
