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
import { isExempt } from "./exemptions.ts";
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
  const names = paramsName(spec);
  return ACTIONS.flatMap((action) => {
    const rendered = validations.flatMap((entry, index) =>
      validationsOf(spec, action, entry, index, situations, names),
    );
    if (rendered.length === 0) return [];
    const variables = variablesOf(spec, names);
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
          ["oldObject", "null"],
        ] as const)
      : []),
  ]);
  return matchConditions.map(({ name, expression }) => ({ name, expression: withNames(expression, names) }));
}

/** What the parameters are called: a variable of the policy, by a name that is not one of its own. */
function paramsName({ params, variables = [] }: PolicySpec): ReadonlyMap<string, Cel> {
  if (params === undefined) return new Map();
  let name = "params";
  while (variables.some((variable) => variable.name === name)) name = `${name}_`;
  return new Map([["params", `variables.${name}`]]);
}

function variablesOf({ params, variables = [] }: PolicySpec, names: ReadonlyMap<string, Cel>): readonly Named[] {
  const own = variables.map(({ name, expression }) => ({ name, expression: withNames(expression, names) }));
  const name = names.get("params")?.slice("variables.".length);
  return name === undefined ? own : [{ name, expression: literal(params) }, ...own];
}

function validationsOf(
  spec: PolicySpec,
  action: Action,
  entry: ValidationEntry,
  index: number,
  situations: ReadonlySet<Operation>,
  names: ReadonlyMap<string, Cel>,
): readonly Validation[] {
  const condition = conditionOf(entry, action);
  if (condition === FALSE) return [];
  const isLeftOut = or(not(condition), isExempt(spec, validationId(entry, index), subjectIn(situations)));
  const { message, messageExpression, reason } = entry;
  return [
    {
      expression:
        isLeftOut === FALSE
          ? withNames(entry.expression, names)
          : `${isLeftOut} || (${closed(withNames(entry.expression, names))})`,
      message: oneLine(message ?? `failed expression: ${entry.expression.trim()}`),
      ...(messageExpression !== undefined && { messageExpression: withNames(messageExpression, names) }),
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
