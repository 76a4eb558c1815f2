import { readSource } from "../../files/index.ts";
import { givenReferenceFindings, referenceFinding } from "../../examine/findings/index.ts";
import { type RunContext, withObjects } from "../context/index.ts";
import { type Collected, collectObjects, type GivenReference, inventoryNotes } from "../inventory/index.ts";
import type { Rendering } from "../render/index.ts";
import { EventLoopYield } from "./event-loop-yield.ts";
import type { PreparedRun } from "./prepared-run.ts";
import type { CheckEvent, RunResults } from "./run-results.ts";

/** The run with all objects of its inputs, which are read twice: a rule about the first may look at the last. */
export async function withInventory(
  run: PreparedRun,
  options: Omit<Collected, "inputs" | "renderings" | "settings">,
): Promise<PreparedRun> {
  const inputs = [...run.inputs];
  const renderings: Rendering[] = [];
  for await (const rendering of run.renderings) renderings.push(rendering);
  const { settings, needs = new Map<string, never>() } = run.context;
  const { data, gaps, texts } = await collectObjects(
    { ...options, inputs, renderings, settings },
    new EventLoopYield(),
  );
  const context = await withObjects(run.context, data);
  return {
    context,
    objects: data,
    inputs: inputs.values(),
    renderings,
    read: (file) => texts.get(file) ?? readSource(file),
    *end(results) {
      const given = new Set(data.given);
      const references = options.given.references.filter(({ owner }) => given.has(owner));
      yield* brokenOutside(references, context, results);
      results.leaveOut(inventoryNotes(needs, { known: data.known, isChange: context.old !== undefined }, gaps));
    },
  };
}

/** What references of `--inventory` break because this change removes the Service that they name. */
function* brokenOutside(
  references: readonly GivenReference[],
  context: RunContext,
  results: RunResults,
): Generator<CheckEvent> {
  const { inventory } = context;
  if (inventory === undefined) return;
  for (const { file, region, owner, reference } of references) {
    if (!inventory.isBroken(reference) || inventory.isInRun(owner)) continue;
    for (const finding of givenReferenceFindings(reference, inventory, context)) {
      yield* results.addOutside(referenceFinding(finding, reference, region), file);
    }
  }
}
