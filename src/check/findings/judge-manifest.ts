import { withoutUndefined } from "../../field/index.ts";
import { judge, type Judgement } from "../../engine/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { type Identity, identityOf, type OldService, oldServiceOf, type Update, updateOf } from "../against/index.ts";
import { type FixPlan, type HowJudged, judgeThroughFixes, type LocatedManifest } from "../edits/index.ts";
import type { Context } from "./context.ts";

/** The judgement of a manifest, and what it was judged against. */
export interface ManifestJudgement {
  readonly judgement: Judgement;
  /** What becomes of the findings. */
  readonly plan: FixPlan;
  /** The Service as it was before; undefined for a new one. */
  readonly before: OldService | undefined;
  /**
   * Why the server refuses an accepted update if what the manifest no longer says was applied before: then it is removed.
   * If somebody else set it, it stays. The old manifest does not tell which.
   */
  readonly ifRemoved: Finding | undefined;
  /** What applying it to the one before asks for; undefined for a new one. */
  readonly update: Update | undefined;
}

/** Judges a manifest as a new Service, or as an update of the one before. */
export function judgeManifest(manifest: LocatedManifest, identity: Identity, context: Context): ManifestJudgement {
  const before = context.old && oldServiceOf(context.old, identity);
  const updateBy = (old: OldService | undefined, object: unknown) => old && updateOf(old, object, context.settings);
  const judgeBy = (old: OldService | undefined) => (object: unknown, how: HowJudged) =>
    judgeUpdate(updateBy(old, object), object, context, how);
  const judged = judgeThroughFixes(manifest, judgeBy(before));
  const { judgement } = judged;
  const other = { ...judged, before, update: updateBy(before, manifest.value), ifRemoved: undefined };
  if (before?.isAppliedAssumed !== true || judgement.decision.allowed) return other;
  const withoutHistory = { ...before, applied: undefined };
  const ifKept = judgeThroughFixes(manifest, judgeBy(withoutHistory));
  if (!ifKept.judgement.decision.allowed) return other;
  return { ...ifKept, before, update: updateBy(withoutHistory, manifest.value), ifRemoved: judgement.causes[0] };
}

function judgeUpdate(
  update: Update | undefined,
  object: unknown,
  { settings, policies }: Context,
  { duplicates, allStages }: HowJudged,
): Judgement {
  const { namespace } = identityOf(object, settings.namespace);
  return judge({
    operation: update === undefined ? "create" : "update",
    object,
    ...update?.request,
    dryRun: settings.dryRun,
    allStages,
    fieldValidation: settings.fieldValidation,
    duplicates,
    cluster: settings.cluster,
    version: settings.version,
    ipFamilyPolicy: "server",
    policies,
    facts: {
      namespace,
      today: settings.today,
      origin: "manifest",
      ...withoutUndefined({ namespaceLabels: labelsOf(namespace, settings) }),
    },
  });
}

function labelsOf(namespace: string, { namespaceLabels }: Context["settings"]) {
  return Object.hasOwn(namespaceLabels, namespace) ? namespaceLabels[namespace] : undefined;
}
