import { readOldState } from "../../../src/examine/before/old-services.ts";
import { inSets, makeContext, withObjects } from "../../../src/check/context/context.ts";
import type { Context } from "../../../src/examine/findings/context.ts";
import { examine } from "../../../src/examine/findings/examine.ts";
import type { FoundObject } from "../../../src/check/inventory/found-object.ts";
import { objectsIn } from "../../../src/check/inventory/objects-in.ts";
import { Claims, conflictsOfFile, type PossibleConflict } from "../../../src/examine/claims/conflicts.ts";
import { fixText } from "../../../src/examine/fixes/fix-text.ts";
import { judge } from "../../../src/engine/judge.ts";
import { NEEDS } from "../../../src/inventory/model/view.ts";
import { policyContent } from "../../../src/examine/findings/finding-content.ts";
import { withoutUndefined } from "../../../src/field/without-undefined.ts";
import type { LocatedFinding } from "../../../src/examine/model/types.ts";
import { describe } from "../../../src/service/findings/describe.ts";
import { Lines } from "../../../src/text/document/lines.ts";
import { readText } from "../../../src/text/read.ts";
import type { CatalogueExample } from "../examples/example.ts";
import { settingsOf } from "./settings.ts";

/** What is said of a text. */
export type ShownFinding = Pick<LocatedFinding, "severity" | "rule" | "field" | "message"> &
  Partial<Pick<LocatedFinding, "reason" | "fix" | "region">>;

/** What becomes of one of an example's texts. */
export interface Outcome {
  readonly findings: readonly ShownFinding[];
  /** The text after `--fix`. */
  readonly fixed: string;
}

/** The name of an example's file. */
const FILE = "service.yaml";
const SET = [{ name: "." }];

/**
 * What `fairlead check` says of a text of an example, with the example's settings; or the webhook, if it is about requests.
 * @throws Error if the example's policy or the state before is invalid
 */
export async function outcomeOf(example: CatalogueExample, which: "bad" | "good"): Promise<Outcome> {
  if (which === "bad") return outcomeOfText(example, example.bad);
  const { settings, before, goodSettings = settings, goodBefore = before, ...rest } = example;
  return outcomeOfText({ ...rest, ...withoutUndefined({ settings: goodSettings, before: goodBefore }) }, example.good);
}

async function outcomeOfText(example: CatalogueExample, shown: string): Promise<Outcome> {
  const text = withFiller(example, shown);
  const context = await contextOf(example, text);
  if (example.onlyInRequests !== undefined) return { findings: judged(example, text, context), fixed: shown };
  const findings: ShownFinding[] = [];
  const claims = new Claims();
  const conflicts: PossibleConflict[] = [];
  for (const result of examine(text, FILE, context)) {
    if (result.type === "finding") findings.push(result.finding);
    if (result.type === "service") conflicts.push(...claims.add(result.claims, result.identity, FILE, SET));
  }
  // Each round of fixing reads the whole text.
  const fixed = example.filler === undefined ? fixText(text, FILE, context).text : shown;
  return { findings: [...findings, ...conflictsOfFile(conflicts)], fixed };
}

function withFiller({ filler }: CatalogueExample, text: string): string {
  return filler === undefined ? text : text.replace(filler.mark, () => filler.text.repeat(filler.times));
}

/** What a text of an example is judged by. @throws Error if the policy or the state before is invalid */
export async function contextOf(example: CatalogueExample, text: string): Promise<Context> {
  const settings = settingsOf(example);
  const old =
    example.before === undefined
      ? undefined
      : readOldState([{ file: "before.yaml", text: example.before }], settings, (problem) => {
          throw new Error(problem);
        }).services;
  const context = await makeContext({ settings, old, wantsServices: false });
  if ((context.needs?.size ?? 0) === 0) return context;
  const options = { ...settings, isNamed: true };
  const found = (from: string): FoundObject[] =>
    [...objectsIn(new Lines(from), options)].flatMap((one) => ("object" in one ? [one.object] : []));
  const given = example.settings?.others === undefined ? [] : found(example.settings.others);
  const files = [{ sets: SET, objects: found(text) }];
  const data = { isComplete: example.settings?.others !== undefined, known: NEEDS, files, given, removed: [] };
  return inSets(await withObjects(context, data), SET);
}

/** What the webhook says of a request that no manifest stands for. */
function judged(example: CatalogueExample, text: string, { settings, policies }: Context): readonly ShownFinding[] {
  const { cluster, version, fieldValidation, today } = settings;
  const { namespace = "default", operation = "create" } = example.onlyInRequests ?? {};
  const isDeletion = operation === "delete";
  const { causes, warnings, policy } = judge({
    operation,
    object: isDeletion ? undefined : valueOf(text),
    ...(isDeletion && { oldObject: valueOf(text) }),
    ...(example.before !== undefined && { oldObject: valueOf(example.before) }),
    dryRun: false,
    fieldValidation,
    cluster,
    version,
    ipFamilyPolicy: "server",
    policies,
    facts: { namespace, today },
  });
  const shown = (severity: "error" | "warning") => (finding: (typeof causes)[number]) => {
    const { code, field, reason, message, fix } = describe(finding);
    return { severity, rule: code, field, message, ...withoutUndefined({ reason, fix }) };
  };
  return [
    ...causes.map(shown("error")),
    ...warnings.map(shown("warning")),
    ...policy.findings.map((finding) => policyContent(finding)),
  ];
}

function valueOf(text: string): unknown {
  return readText(text, { format: "auto" }).documents[0]?.value;
}
