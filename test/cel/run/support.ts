import { check } from "#src/cel/check/index.ts";
import { environmentFor } from "#src/cel/environment/index.ts";
import { plan, type Program } from "#src/cel/run/index.ts";
import { parse } from "#src/cel/syntax/index.ts";
import { DYN } from "#src/cel/types/index.ts";
import { CelError } from "#src/cel/values/index.ts";

const { syntax, scope } = environmentFor(36, {
  variables: new Map([
    ["object", DYN],
    ["other", DYN],
  ]),
  types: new Map(),
});

/** Plans an expression with the dyn variables `object` and `other`; an error if it cannot be planned. */
export function planned(source: string): Program | CelError {
  const parsed = parse(source, syntax);
  if ("issues" in parsed) throw new Error(parsed.issues.map(({ message }) => message).join("; "));
  const checked = check(parsed.ast, scope);
  if ("issues" in checked) throw new Error(checked.issues.map(({ message }) => message).join("; "));
  return plan(parsed.ast, checked);
}

/** As {@link planned}, of an expression that can be planned. */
export function programOf(source: string): Program {
  const program = planned(source);
  if (program instanceof CelError) throw new Error(program.message);
  return program;
}
