import type { Labels, ServiceEntry } from "../model/index.ts";

/** The selector of a Service that selects Pods: that of an ExternalName has no effect. */
export function effectiveSelector({ type, selector }: ServiceEntry): Labels | undefined {
  if (type === "ExternalName" || selector === undefined) return undefined;
  return Object.keys(selector).length === 0 ? undefined : selector;
}

/** What a Service claims by its selector: the Pods of its namespace that have exactly these labels in common. */
export function selectorKey(service: ServiceEntry): string | undefined {
  const selector = effectiveSelector(service);
  if (selector === undefined) return undefined;
  return `selector ${service.namespace} ${canonicalSelector(selector)}`;
}

/** One text for all selectors with the same pairs. */
export function canonicalSelector(selector: Labels): string {
  return JSON.stringify(Object.entries(selector).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** How two selectors are compared: each selects Pods of the same set, one all that the other does, or some at least. */
export const SELECTOR_RELATIONS = ["equal", "covered", "overlapping"] as const;
export type SelectorRelation = (typeof SELECTOR_RELATIONS)[number];

/**
 * Whether two selectors are related.
 * - `equal`: they have the same pairs.
 * - `covered`: each Pod that `one` selects is selected by `other`, too: all its pairs are also in `one`.
 * - `overlapping`: no key has two values, and there is a pair in common. One Pod can have the labels of both then; without
 *   a common pair it could as well, but there is no sign that it is meant to.
 */
export function areRelated(relation: SelectorRelation, one: Labels, other: Labels): boolean {
  const pairs = Object.entries(other);
  let common = 0;
  for (const [key, value] of pairs) {
    if (!Object.hasOwn(one, key)) continue;
    if (one[key] !== value) return false;
    common++;
  }
  if (relation === "overlapping") return common > 0;
  if (common !== pairs.length || common === 0) return false;
  return relation === "covered" || Object.keys(one).length === common;
}
