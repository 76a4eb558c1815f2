import type { AllDemands, Demand, Demands } from "./demand.ts";
import { MAY_BE_REFUSED } from "./may-be-refused.ts";

/** What a webhook does: by its path. */
export type Purpose = keyof AllDemands;

/**
 * The CEL expression that is true for the requests that a webhook of this purpose has to be sent; undefined if that is
 * every one. For the variables see "Matching requests: matchConditions" in the documentation of Kubernetes.
 */
export function expressionFor(purpose: Purpose, demands: AllDemands): string | undefined {
  return purpose === "validate" ? choice(conditions(demands.validate)) : choice(withHints(demands.mutate));
}

type Conditions = Readonly<Record<keyof Demands, string>>;

function conditions({ create, update, status, delete: remove }: Demands): Conditions {
  return { create: condition(create), update: condition(update), status: condition(status), delete: condition(remove) };
}

/** A hint may be due on every write that the API server may refuse. For deletions nothing mutating is registered. */
function withHints({ create }: Demands): Conditions {
  return { create: either(condition(create), MAY_BE_REFUSED), update: TRUE, status: TRUE, delete: TRUE };
}

const TRUE = "true";
const FALSE = "false";

function either(one: string, other: string): string {
  if (one === TRUE) return TRUE;
  return one === FALSE ? other : `${one} || ${other}`;
}

function choice({ create, update, status, delete: remove }: Conditions): string | undefined {
  if (new Set([update, status, remove]).size === 1) {
    if (create === update) return create === TRUE ? undefined : create;
    if (update === TRUE) return `request.operation != 'CREATE' || ${create}`;
  }
  const isStatus = "has(request.subResource) && request.subResource == 'status'";
  const ofUpdates = update === status ? update : `${isStatus} ? ${status} : ${update}`;
  return `request.operation == 'CREATE' ? ${create} : request.operation == 'DELETE' ? ${remove} : ${ofUpdates}`;
}

function condition(demand: Demand): string {
  if (demand === "everywhere") return TRUE;
  if (demand === "nowhere") return FALSE;
  return `request.namespace.matches('^(${demand.map(pattern).join("|")})$')`;
}

/** A glob of lower case letters, digits, `-`, `.`, `*` and `?` as a regular expression, inside a string of CEL. */
function pattern(glob: string): string {
  return glob.replaceAll(".", "[.]").replaceAll("*", ".*").replaceAll("?", ".");
}
