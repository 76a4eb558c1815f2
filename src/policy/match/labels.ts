import type { LabelSelector } from "../schema/document.ts";

export type Labels = Readonly<Record<string, string>>;

/** A function that holds labels against a label selector, as Kubernetes does. */
export function compileSelector(selector: LabelSelector): (labels: Labels) => boolean {
  const wanted = Object.entries(selector.matchLabels ?? {});
  const requirements = (selector.matchExpressions ?? []).map(compileRequirement);
  return (labels) =>
    wanted.every(([key, value]) => label(labels, key) === value) && requirements.every((holds) => holds(labels));
}

type Requirement = NonNullable<LabelSelector["matchExpressions"]>[number];

function compileRequirement({ key, operator, values }: Requirement): (labels: Labels) => boolean {
  const known = new Set(values);
  switch (operator) {
    case "In":
      return (labels) => known.has(label(labels, key) ?? "") && Object.hasOwn(labels, key);
    case "NotIn":
      return (labels) => !Object.hasOwn(labels, key) || !known.has(label(labels, key) ?? "");
    case "Exists":
      return (labels) => Object.hasOwn(labels, key);
    case "DoesNotExist":
      return (labels) => !Object.hasOwn(labels, key);
  }
}

function label(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
