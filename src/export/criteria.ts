import type { JsonObject } from "../field/index.ts";
import { and, type Cel, isOneOf, matchesGlobsWithExclusions, or, selects, TRUE } from "../policy/in-cel/index.ts";
import { OPERATION_NAMES } from "../policy/match/index.ts";
import type { Operation } from "../policy/model/index.ts";
import type { LabelSelector, Match } from "../policy/schema/index.ts";
import { CONDITION_PREFIX, type Named } from "./model.ts";
import { mapOf, subjectIn, typeOf } from "./subject.ts";

/** The API server sets this label on every namespace. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** The situations that a policy matches, out of those that something is looked for in. */
export function matched({ operations }: Match, situations: Iterable<Operation>): ReadonlySet<Operation> {
  return new Set(
    [...situations].filter((one) => operations === undefined || operations.includes(OPERATION_NAMES[one])),
  );
}

/** The requests that reach a policy, by what the API server decides without CEL. */
export function constraints(match: Match, situations: ReadonlySet<Operation>): JsonObject {
  const rule = (operations: readonly string[], resource: string) => ({
    apiGroups: [""],
    apiVersions: ["v1"],
    operations,
    resources: [resource],
  });
  const operations = (["create", "update", "delete"] as const).filter((one) => situations.has(one));
  const selector = namespaceSelector(match);
  return {
    ...(selector !== undefined && { namespaceSelector: selector }),
    resourceRules: [
      ...(operations.length === 0
        ? []
        : [
            rule(
              operations.map((one) => OPERATION_NAMES[one]),
              "services",
            ),
          ]),
      ...(situations.has("status") ? [rule(["UPDATE"], "services/status")] : []),
    ],
  };
}

/** The rest of `match`, as conditions. */
export function conditions(match: Match, situations: ReadonlySet<Operation>): readonly Named[] {
  return named([
    ["namespaces", namespaceCondition(match)],
    ["matching-services", matchesObject(match, subjectIn(situations))],
  ]);
}

/**
 * The same for rules that also guard what is stored, with the policy's own conditions: they hold for the new Service or, in
 * an update, for the stored one.
 */
export function guardingConditions(
  match: Match,
  situations: ReadonlySet<Operation>,
  own: Readonly<Record<"now" | "stored", readonly Named[]>>,
): readonly Named[] {
  const all = (subject: Cel, conditionsOf: readonly Named[]): Cel =>
    and(matchesObject(match, subject), ...conditionsOf.map(({ expression }) => `(${expression})`));
  return named([
    ["namespaces", namespaceCondition(match)],
    [
      "matching-or-stored-services",
      or(all(subjectIn(situations), own.now), and('request.operation == "UPDATE"', all("oldObject", own.stored))),
    ],
  ]);
}

function namespaceCondition({ namespaces }: Match): Cel {
  if (namespaces === undefined || exactNames(namespaces) !== undefined) return TRUE;
  return matchesGlobsWithExclusions("request.namespace", namespaces);
}

/** The conditions that do not always hold, with names that are not the policy's own. */
function named(conditionsByName: readonly (readonly [name: string, expression: Cel])[]): readonly Named[] {
  return conditionsByName.flatMap(([name, expression]) =>
    expression === TRUE ? [] : [{ name: `${CONDITION_PREFIX}${name}`, expression }],
  );
}

/** Whether a Service is matched by what it holds, whatever its namespace. */
export function matchesObject({ types, objectSelector }: Match, subject: Cel): Cel {
  return and(
    types === undefined ? TRUE : isOneOf(typeOf(subject), types),
    // Not as an `objectSelector`: that one looks at the stored Service, too.
    objectSelector === undefined ? TRUE : selects(mapOf(subject, "labels"), objectSelector),
  );
}

/** Whether `match` looks at what a Service holds, which an update may change. */
export function looksAtObject({ types, objectSelector }: Match): boolean {
  return types !== undefined || objectSelector !== undefined;
}

function namespaceSelector({ namespaces, namespaceSelector }: Match): LabelSelector | undefined {
  const byName = namespaces === undefined ? undefined : exactNames(namespaces);
  if (byName === undefined) return namespaceSelector;
  return {
    ...namespaceSelector,
    matchExpressions: [...(namespaceSelector?.matchExpressions ?? []), ...byName],
  };
}

/** Namespaces as requirements on the label with their name; undefined if there are wildcards. */
function exactNames(globs: readonly string[]): LabelSelector["matchExpressions"] {
  if (globs.some((glob) => /[*?]/.test(glob))) return undefined;
  const values = globs.filter((glob) => !glob.startsWith("!"));
  const excluded = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  return [
    ...(values.length === 0 ? [] : [{ key: NAME_LABEL, operator: "In" as const, values }]),
    ...(excluded.length === 0 ? [] : [{ key: NAME_LABEL, operator: "NotIn" as const, values: excluded }]),
  ];
}
