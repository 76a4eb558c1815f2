import type { Context } from "#src/examine/findings/context.ts";
import { examine } from "#src/examine/findings/examine.ts";
import { Broken } from "../target.ts";

/** A fix brings no error into a text: none of a rule and field that was not told before. @throws Broken */
export function checkNoNewErrors(before: string, after: string, file: string, context: Context): void {
  const [was, is] = [errorsOf(before, file, context), errorsOf(after, file, context)];
  if (was === undefined || is === undefined) return;
  const fresh = [...is].find(([error, count]) => count > (was.get(error) ?? 0));
  if (fresh !== undefined)
    throw new Broken("no new error", JSON.stringify({ error: fresh[0], before, after }).slice(0, 4000));
}

/** The errors by rule and field, with how many of each there are; undefined if not all are reported. */
function errorsOf(text: string, file: string, context: Context): ReadonlyMap<string, number> | undefined {
  const errors = new Map<string, number>();
  for (const event of examine(text, file, context)) {
    if (event.type === "over-limit") return undefined;
    if (event.type !== "finding" || event.finding.severity !== "error") continue;
    const key = `${event.finding.rule} ${event.finding.field}`;
    errors.set(key, (errors.get(key) ?? 0) + 1);
  }
  return errors;
}
