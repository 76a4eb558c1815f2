import { and, type Cel, FALSE, hasGroup, matchesGlobs, not, or, quoted, USER_NAME } from "../policy/in-cel/index.ts";
import { EXEMPT_ANNOTATION_PREFIX } from "../policy/exemptions/index.ts";
import type { Exemption, PolicySpec } from "../policy/schema/index.ts";
import { CONDITION_PREFIX, type Named, type Omission } from "./model.ts";
import { mapOf, nameOf } from "./subject.ts";

/** The condition that no exemption covers the whole policy; none if it has no such exemption. */
export function wholeExemptions({ exempt = [] }: PolicySpec, subject: Cel): readonly Named[] {
  const covering = exempt.filter((one) => one.rules === undefined && one.expires === undefined);
  if (covering.length === 0) return [];
  return [
    { name: `${CONDITION_PREFIX}not-exempt`, expression: not(or(...covering.map((one) => covers(one, subject)))) },
  ];
}

/** The ids of the rules that the annotations of a Service exempt it from, for policies that let them. */
export function exemptedByAnnotations(subject: Cel): Cel {
  const annotations = mapOf(subject, "annotations");
  // A reason, and no day after a semicolon, on which the exemption would end.
  const isReason = `${annotations}[key].matches("^[^;]*[^;[:space:]][^;]*$")`;
  const isExemption = and(`key.startsWith(${quoted(EXEMPT_ANNOTATION_PREFIX)})`, isReason);
  return `${annotations}.filter(key, ${isExemption}).map(key, key.substring(${EXEMPT_ANNOTATION_PREFIX.length}))`;
}

/**
 * Whether an exemption that is limited to rules, or an annotation, covers what the rule finds.
 * @param exempted the variable of {@link exemptedByAnnotations}
 */
export function isExempt(
  { exempt = [], allowAnnotation }: PolicySpec,
  rule: string,
  { subject, exempted }: { readonly subject: Cel; readonly exempted: string },
): Cel {
  const covering = exempt.filter((one) => one.rules?.includes(rule) === true && one.expires === undefined);
  const byAnnotation = allowAnnotation ? `${quoted(rule)} in variables.${exempted}` : FALSE;
  return or(...covering.map((one) => covers(one, subject)), byAnnotation);
}

/** What of a policy's exemptions CEL cannot say: there is no clock. */
export function omittedExemptions(policy: string, { exempt = [], allowAnnotation }: PolicySpec): readonly Omission[] {
  return [
    ...exempt.entries().flatMap(([index, { expires, reason }]) =>
      expires === undefined
        ? []
        : [
            {
              policy,
              what: `spec.exempt[${index}] (${reason})`,
              reason: `CEL has no clock, and the exemption ends on ${expires}: its rules apply to all`,
            },
          ],
    ),
    ...(allowAnnotation
      ? [
          {
            policy,
            what: `annotations ${EXEMPT_ANNOTATION_PREFIX}RULE with a day on which they expire`,
            reason: "CEL has no clock: only annotations without such a day exempt a Service",
          },
        ]
      : []),
  ];
}

const SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";

function covers({ users, groups, serviceAccounts, namespaces, names }: Exemption, subject: Cel): Cel {
  return and(
    ...(users === undefined ? [] : [matchesGlobs(USER_NAME, users)]),
    ...(groups === undefined ? [] : [hasGroup(groups)]),
    ...(serviceAccounts === undefined ? [] : [isServiceAccount(serviceAccounts)]),
    ...(namespaces === undefined ? [] : [matchesGlobs("request.namespace", namespaces)]),
    ...(names === undefined ? [] : [matchesGlobs(nameOf(subject), names)]),
  );
}

function isServiceAccount(globs: readonly string[]): Cel {
  const account = `${USER_NAME}.substring(${SERVICE_ACCOUNT_PREFIX.length}).replace(":", "/")`;
  return and(`${USER_NAME}.matches(${quoted(`^${SERVICE_ACCOUNT_PREFIX}[^:]+:[^:]+$`)})`, matchesGlobs(account, globs));
}
