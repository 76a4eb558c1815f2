import { and, type Cel, FALSE, matchesGlobsWithExclusions, not, or, selects, TRUE } from "../policy/in-cel/index.ts";
import type { Action, RuleEntry } from "../policy/schema/index.ts";

/** Whether the entry has this action in the namespace of the request: the first of its `actions` that matches counts. */
export function conditionOf(
  { action: usual, actions = [] }: Pick<RuleEntry, "action" | "actions">,
  action: Action,
): Cel {
  return actions.reduceRight<Cel>(
    (otherwise, { namespaces, namespaceSelector, action: own }) => {
      const isThere = and(
        namespaces === undefined ? TRUE : matchesGlobsWithExclusions("request.namespace", namespaces),
        namespaceSelector === undefined ? TRUE : selects(NAMESPACE_LABELS, namespaceSelector),
      );
      return own === action ? or(isThere, otherwise) : and(not(isThere), otherwise);
    },
    usual === action ? TRUE : FALSE,
  );
}

const NAMESPACE_LABELS: Cel = "namespaceObject.metadata.?labels.orValue({})";
