import type { Context } from "../../examine/findings/index.ts";
import type { OldServices } from "../../examine/before/index.ts";
import type { Settings } from "../../examine/settings/index.ts";
import type { Need } from "../../inventory/model/index.ts";
import type { SourceFile } from "../../policy/files/index.ts";
import { NO_POLICIES, type PolicySet } from "../../policy/model/index.ts";
import { Unusable } from "../../usage/index.ts";
import { chartOf } from "../inputs/index.ts";
import type { InventoryData, RunInventory } from "../inventory/index.ts";
import type { AppliedSet } from "../layout/index.ts";
import { needsOf } from "./needs.ts";

/** What the examination of a file of a run needs. */
export interface RunContext extends Context {
  readonly inventory?: RunInventory | undefined;
}

/** What a context is made from: plain data, so that each worker thread can make its own context. */
export interface ContextSource {
  readonly settings: Settings;
  readonly old: OldServices | undefined;
  readonly wantsServices: boolean;
  /** The objects of the run, for the policies that look at them; undefined if there are none. */
  readonly objects?: InventoryData | undefined;
}

/** Compiles the policies. @throws {Unusable} if a policy is invalid */
export async function makeContext({ objects, ...source }: ContextSource): Promise<RunContext> {
  const policies = await policiesOf(source.settings.policies);
  const context = { ...source, policies, needs: await ruleNeeds(policies), chartOf };
  return objects === undefined ? context : withObjects(context, objects);
}

/** The context with the objects of the run. */
export async function withObjects(context: RunContext, objects: InventoryData): Promise<RunContext> {
  const { RunInventory } = await import("../inventory/index.ts");
  return { ...context, inventory: new RunInventory(objects) };
}

/** The context for a file of these sets. */
export function inSets(context: RunContext, sets: readonly AppliedSet[]): Context {
  return context.inventory === undefined ? context : { ...context, views: context.inventory.viewsOf(sets) };
}

/** The table of rules is looked through only if one of them needs something. */
async function ruleNeeds(policies: PolicySet): Promise<ReadonlyMap<string, readonly Need[]>> {
  if (policies.needs.size === 0) return new Map();
  const { findRule } = await import("../../policy/rules/index.ts");
  return needsOf(policies, findRule);
}

/** The policy modules are loaded only if there are policies. */
async function policiesOf(files: readonly SourceFile[]): Promise<PolicySet> {
  if (files.length === 0) return NO_POLICIES;
  const { compileFiles, problemText } = await import("../../policy/files/index.ts");
  const { policies, problems } = compileFiles(files);
  if (problems.length > 0) throw new Unusable(problems.map(problemText).join("\n"));
  return policies;
}
