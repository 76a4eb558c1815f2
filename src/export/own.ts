import { type Cel, FALSE, literal, not, or } from "../policy/in-cel/index.ts";
import { validationId, validationsLookAt } from "../policy/compile/index.ts";
import type { Operation } from "../policy/model/index.ts";
import {
  type Action,
  ACTIONS,
  type PolicySpec,
  type ServicePolicy,
  type ValidationEntry,
} from "../policy/schema/index.ts";
import { conditionOf } from "./actions.ts";
import { matched } from "./criteria.ts";
import { exemptedByAnnotations, isExempt } from "./exemptions.ts";
import type { Named, Part, Validation } from "./model.ts";
import { withNames } from "./rename.ts";
import { subjectIn } from "./subject.ts";

/** The validations of a policy, by action. */
export function partsOfValidations(policy: ServicePolicy): readonly Part[] {
  const { spec } = policy;
  const { match = {}, validations = [] } = spec;
  const looksAt = (["create", "update", "delete"] as const).filter((one) => validationsLookAt(spec, one));
  const situations = matched(match, looksAt);
  if (situations.size === 0) return [];
  const names = namesFor(spec);
  return ACTIONS.flatMap((action) => {
    const rendered = validations.flatMap((entry, index) =>
      validationsOf(spec, action, entry, index, situations, names),
    );
    if (rendered.length === 0) return [];
    const variables = variablesOf(spec, names, subjectIn(situations));
    return [
      { policy, action, suffix: "-validations", situations, guardsStored: false, variables, validations: rendered },
    ];
  });
}

/**
 * The match conditions of a policy, which can use no variables: its parameters stand in their place.
 * @param ofStored whether they are asked about the stored Service, as if nothing had been stored before
 */
export function ownConditions({ matchConditions = [], params }: PolicySpec, ofStored = false): readonly Named[] {
  const names = new Map<string, Cel>([
    ...(params === undefined ? [] : [["params", literal(params)] as const]),
    ...(ofStored
      ? ([
          ["object", "oldObject"],
          ["oldObject", "dyn(null)"],
        ] as const)
      : []),
  ]);
  return matchConditions.map(({ name, expression }) => ({ name, expression: withNames(expression, names) }));
}

/** The names of variables that are added to a policy's own: none of these. */
interface OwnNames {
  readonly params: string;
  readonly exempted: string;
  /** What stands for names in the policy's expressions. */
  readonly replaced: ReadonlyMap<string, Cel>;
}

function namesFor({ params, variables = [] }: PolicySpec): OwnNames {
  const known = new Set(variables.map(({ name }) => name));
  const unlike = (name: string): string => (known.has(name) ? unlike(`${name}_`) : name);
  const [ownParams, exempted] = [unlike("params"), unlike("exempted")];
  return {
    params: ownParams,
    exempted,
    replaced: new Map(params === undefined ? [] : [["params", `variables.${ownParams}`]]),
  };
}

function variablesOf(
  { params, variables = [], allowAnnotation }: PolicySpec,
  names: OwnNames,
  subject: Cel,
): readonly Named[] {
  return [
    ...(params === undefined ? [] : [{ name: names.params, expression: literal(params) }]),
    ...(allowAnnotation ? [{ name: names.exempted, expression: exemptedByAnnotations(subject) }] : []),
    ...variables.map(({ name, expression }) => ({ name, expression: withNames(expression, names.replaced) })),
  ];
}

function validationsOf(
  spec: PolicySpec,
  action: Action,
  entry: ValidationEntry,
  index: number,
  situations: ReadonlySet<Operation>,
  names: OwnNames,
): readonly Validation[] {
  const condition = conditionOf(entry, action);
  if (condition === FALSE) return [];
  const isLeftOut = or(
    not(condition),
    isExempt(spec, validationId(entry, index), { subject: subjectIn(situations), exempted: names.exempted }),
  );
  const { message, messageExpression, reason } = entry;
  return [
    {
      expression:
        isLeftOut === FALSE
          ? withNames(entry.expression, names.replaced)
          : `${isLeftOut} || (${closed(withNames(entry.expression, names.replaced))})`,
      message: oneLine(message ?? `failed expression: ${entry.expression.trim()}`),
      ...(messageExpression !== undefined && { messageExpression: withNames(messageExpression, names.replaced) }),
      ...(reason !== undefined && { reason }),
    },
  ];
}

/** An expression that may end in a comment, so that something can follow it. */
function closed(expression: Cel): Cel {
  return expression.includes("//") ? `${expression}\n` : expression;
}

/** The API server takes no message of several lines. */
function oneLine(text: string): string {
  return text.trim().replace(/\s*[\r\n]\s*/g, " ");
}
