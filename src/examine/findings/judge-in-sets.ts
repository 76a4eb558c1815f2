import { isObject } from "../../field/index.ts";
import type { PolicyFinding } from "../../policy/model/index.ts";
import { identityOf, type OldService, updateOf } from "../before/index.ts";
import type { SetView } from "./objects-around.ts";
import type { Context } from "./context.ts";
import { judgeUpdate } from "./judge-manifest.ts";

/**
 * The findings of the policies if each set that the file belongs to is applied, each told once. Rules that look at other objects see
 * the Service under the name that the set gives it; all others have judged it as it is written.
 * @param first the findings of the judgement of the manifest as it is written, with what is around it in a plain first set
 */
export function policyFindingsInSets(
  manifest: unknown,
  before: OldService | undefined,
  first: readonly PolicyFinding[],
  context: Context,
): readonly PolicyFinding[] {
  const { views = [], needs } = context;
  const others = views[0]?.isPlain === true ? views.slice(1) : views;
  if (others.length === 0) return first;
  const told = new Set(first.map(placeOf));
  const findings = [...first];
  for (const view of others) {
    for (const finding of findingsInSet(manifest, before, view, context)) {
      const place = placeOf(finding);
      if (needs?.has(finding.rule) !== true || told.has(place)) continue;
      told.add(place);
      findings.push(finding);
    }
  }
  return findings;
}

/** Equal for findings of which one is enough. */
export function placeOf({ policy, rule, path }: PolicyFinding): string {
  return JSON.stringify([policy, rule, path.toPointer()]);
}

function findingsInSet(
  manifest: unknown,
  before: OldService | undefined,
  view: SetView,
  context: Context,
): readonly PolicyFinding[] {
  const { settings } = context;
  const applied = (object: unknown): unknown => asApplied(object, view, settings.namespace);
  const object = applied(manifest);
  const old = before && { ...before, ...withObject(applied(before.object)), applied: applied(before.applied) };
  const update = old && updateOf(old, object, settings);
  const inSet = { ...context, views: [{ ...view, isPlain: true }] };
  return judgeUpdate(update, { object, bytes: 0 }, inSet, { duplicates: [], allStages: false }).policy.findings;
}

/** An object of the file as the set applies it. */
function asApplied(object: unknown, { isPlain, place }: SetView, namespace: string): unknown {
  if (isPlain || !isObject(object) || !isObject(object["metadata"])) return object;
  const { metadata } = object;
  const applied = place(identityOf(object, namespace));
  const name = typeof metadata["name"] === "string" ? { name: applied.name } : {};
  return { ...object, metadata: { ...metadata, ...name, namespace: applied.namespace } };
}

function withObject(object: unknown): Partial<Pick<OldService, "object">> {
  return isObject(object) ? { object } : {};
}
