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

/** Services as messages name them: the first of them by their full names, and how many more there are. */
export function namesOf(services: ReadonlySet<string>): string {
  const named = firstOf(services);
  const more = services.size - named.length;
  if (more > 0) return `${named.join(", ")} and ${more} more`;
  const last = named.pop() ?? "";
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}

/** The first names in their order, without sorting the rest: thousands of Services may claim the same. */
function firstOf(names: Iterable<string>): string[] {
  const first: string[] = [];
  for (const name of names) {
    if (first.length === MOST_NAMED && name > (first.at(-1) ?? "")) continue;
    first.push(name);
    first.sort();
    first.length = Math.min(first.length, MOST_NAMED);
  }
  return first;
}
