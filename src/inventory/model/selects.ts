import type { Labels, LabelSelector } from "./entries.ts";

/** Whether these labels have all of the selector's, as a Service selects Pods. */
export function hasLabels(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labelOf(labels, key) === value);
}

/** Compiles a label selector of meta/v1; an empty one selects all. An operator that meta/v1 does not have selects nothing. */
export function compileSelector(selector: LabelSelector): (labels: Labels) => boolean {
  const exact = Object.entries(selector.matchLabels ?? {});
  const requirements = (selector.matchExpressions ?? []).map(compileRequirement);
  return (labels) =>
    exact.every(([key, value]) => labelOf(labels, key) === value) && requirements.every((holds) => holds(labels));
}

/** Whether a label selector selects these labels. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return compileSelector(selector)(labels);
}

type Requirement = NonNullable<LabelSelector["matchExpressions"]>[number];

function compileRequirement({ key, operator, values }: Requirement): (labels: Labels) => boolean {
  const valueSet = new Set(values);
  switch (operator) {
    case "In":
      return (labels) => valueSet.has(labelOf(labels, key) ?? "") && Object.hasOwn(labels, key);
    case "NotIn":
      return (labels) => !Object.hasOwn(labels, key) || !valueSet.has(labelOf(labels, key) ?? "");
    case "Exists":
      return (labels) => Object.hasOwn(labels, key);
    case "DoesNotExist":
      return (labels) => !Object.hasOwn(labels, key);
    default:
      return () => false;
  }
}

/** The value of a label; own properties only, as a label may be called "constructor". */
function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
