import type { LabelSelector } from "../schema/index.ts";

export type Labels = Readonly<Record<string, string>>;

/** Compiles a label selector, with the semantics of Kubernetes. */
export function compileSelector(selector: LabelSelector): (labels: Labels) => boolean {
  const exact = Object.entries(selector.matchLabels ?? {});
  const requirements = (selector.matchExpressions ?? []).map(compileRequirement);
  return (labels) =>
    exact.every(([key, value]) => labelOf(labels, key) === value) && requirements.every((holds) => holds(labels));
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
  }
}

/** The value of a label; own properties only, as a label may be called "constructor". */
function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
