import type { Variables } from "../../cel/run/index.ts";
import { CelError, fromJson, LazyMap, type Result, type Value } from "../../cel/values/index.ts";
import type { JsonObject } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { PolicyContext } from "../model/index.ts";
import type { CompiledExpression } from "./compile-expressions.ts";
import type { CostBudget } from "./cost-budget.ts";
import { objectJson } from "./object-json.ts";
import { namespaceJson, requestJson } from "./request-json.ts";
import { Undetermined } from "./undetermined.ts";

/** The values of the names in expressions, but for `params` and `variables`. They are made when they are first asked for. */
export type Activation = Variables;

/** The values for a request. @param service the Service as it would be stored, or the one to be deleted */
export function activationFor(service: Service, context: PolicyContext): Activation {
  const { operation, oldService } = context;
  const known = new Map<string, Value>();
  const once = (name: string, make: () => unknown): Value => {
    const value = known.get(name);
    if (value !== undefined) return value;
    const made = fromJson(make());
    known.set(name, made);
    return made;
  };
  return (name) => {
    switch (name) {
      case "object":
        return operation === "delete" ? null : once(name, () => objectJson(service, context));
      case "oldObject":
        if (operation === "delete") return once(name, () => objectJson(service, context));
        return oldService === undefined ? null : once(name, () => objectJson(oldService, context));
      case "request":
        return once(name, () => requestJson(service, context));
      case "namespaceObject":
        return once(name, () => namespaceJson(context));
      default:
        return undefined;
    }
  };
}

/** The activation with another object, such as one that has been mutated. */
export function activationWithObject(activation: Activation, object: JsonObject): Activation {
  const value = fromJson(object);
  return (name) => (name === "object" ? value : activation(name));
}

/** The activation for match conditions, for which the API server does not look up the namespace. */
export function activationOfConditions(activation: Activation): Activation {
  return (name) => (name === "namespaceObject" ? null : activation(name));
}

/** The activation with parameters; null if there are none for this evaluation. */
export function activationWithParams(activation: Activation, params: JsonObject | null): Activation {
  const value = fromJson(params);
  return (name) => (name === "params" ? value : activation(name));
}

/** The activation with the variables of a policy, each of which is evaluated when an expression first uses it. */
export function activationWithVariables(
  activation: Activation,
  variables: ReadonlyMap<string, CompiledExpression>,
  budget: CostBudget,
): Variables {
  if (variables.size === 0) return activation;
  const lookup: Variables = (name) => (name === "variables" ? map : activation(name));
  const map = new LazyMap(new Map([...variables].map(([name, variable]) => [name, () => valueOf(name, variable)])));
  const valueOf = (name: string, { compilation }: CompiledExpression): Result => {
    if ("problem" in compilation) {
      return new CelError(`composited variable ${JSON.stringify(name)} fails to compile: ${compilation.problem}`);
    }
    const result = budget.evaluate(compilation.program, lookup);
    if (!(result instanceof CelError) || result instanceof Undetermined) return result;
    return new CelError(`composited variable ${JSON.stringify(name)} fails to evaluate: ${result.message}`);
  };
  return lookup;
}
