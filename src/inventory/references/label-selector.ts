import type { Labels, LabelSelector } from "../model/index.ts";

/** What each operator of a label selector asks of a label. An unknown one selects nothing: the API server refuses it. */
const OPERATORS: Readonly<Record<string, (value: string | undefined, values: readonly string[]) => boolean>> = {
  In: (value, values) => value !== undefined && values.includes(value),
  // A label that is not there is not one of the values, either.
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};

/** Whether a label selector selects an object with these labels. An empty one selects everything. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels = {}): boolean {
  const valueOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  return (
    Object.entries(matchLabels).every(([key, value]) => valueOf(key) === value) &&
    matchExpressions.every(({ key, operator, values = [] }) =>
      Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]?.(valueOf(key), values) === true : false,
    )
  );
}
