import { compile, environmentFor } from "#src/cel/environment/index.ts";
import { CelError, toJson, type Value } from "#src/cel/values/index.ts";

/** What an expression without variables results in: its value as JSON, `error: ...` or, if it is refused, `refused: ...`. */
export function evaluate(expression: string, minor = 36): unknown {
  return evaluateWithCost(expression, minor).result;
}

/** As {@link evaluate}, with what the evaluation cost. */
export function evaluateWithCost(expression: string, minor = 36): { result: unknown; cost: number } {
  const compiled = compile(expression, environmentFor(minor, { variables: new Map(), types: new Map() }));
  if ("problem" in compiled) return { result: `refused: ${compiled.problem}`, cost: 0 };
  const meter = { cost: 0 };
  const result = compiled.program.evaluate(() => undefined, meter);
  return { result: result instanceof CelError ? `error: ${result.message}` : asJson(result), cost: meter.cost };
}

function asJson(value: Value): unknown {
  const json = toJson(value);
  return json instanceof CelError ? json.message : json.json;
}
