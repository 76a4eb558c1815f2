import { withoutUndefined } from "../../field/index.ts";
import { judge, type Judgement } from "../../engine/index.ts";
import type { RequestFacts } from "../../policy/model/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { bodySize } from "../../service/index.ts";
import { type Identity, identityOf, type OldService, oldServiceOf, type Update, updateOf } from "../before/index.ts";
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
  const sizeOf = isSurelySmall(manifest) ? () => 0 : bodySize;
  const judgeAgainst = (old: OldService | undefined) => {
    const updateTo = (object: unknown) => old && updateOf(old, object, context.settings);
    const update = updateTo(manifest.value);
    const judged = judgeThroughFixes(manifest, (object, how) =>
      judgeUpdate(
        object === manifest.value ? update : updateTo(object),
        { object, bytes: sizeOf(object) },
        context,
        how,
      ),
    );
    return { ...judged, before, update };
  };
  const judged = judgeAgainst(before);
  const { judgement } = judged;
  if (before?.isAppliedAssumed !== true || judgement.decision.allowed) return { ...judged, ifRemoved: undefined };
  const ifKept = judgeAgainst({ ...before, applied: undefined });
  if (!ifKept.judgement.decision.allowed) return { ...judged, ifRemoved: undefined };
  return { ...ifKept, ifRemoved: judgement.causes[0] };
}

/** Judges a manifest as the update, or as a new Service if there is none. */
export function judgeUpdate(
  update: Update | undefined,
  { object, bytes }: { readonly object: unknown; readonly bytes: number },
  { settings, policies, views }: Context,
  { duplicates, allStages }: HowJudged,
): Judgement {
  const { namespace } = identityOf(object, settings.namespace);
  const [view] = views ?? [];
  return judge({
    operation: update === undefined ? "create" : "update",
    object,
    ...update?.request,
    dryRun: settings.dryRun,
    bodyBytes: bytes,
    ...(settings.apply === "replace" ? {} : { method: settings.apply === "client" ? "patch" : "apply" }),
    allStages,
    fieldValidation: settings.fieldValidation,
    duplicates,
    cluster: settings.cluster,
    version: settings.version,
    ipFamilyPolicy: "server",
    policies,
    // By a set that renames its objects, the Service is judged as it is renamed: `policyFindingsInSets`.
    ...(view?.isPlain === true && { inventory: view.inventory }),
    facts: factsOf(namespace, settings),
  });
}

/** What policies are told about a manifest of a namespace. */
export function factsOf(namespace: string, settings: Context["settings"]): RequestFacts {
  return {
    namespace,
    today: settings.today,
    origin: "manifest",
    ...withoutUndefined({ namespaceLabels: labelsOf(namespace, settings) }),
  };
}

/** A document of this length is far from any limit: a character of YAML becomes five bytes of JSON at the very most. */
const SMALL_DOCUMENT = 30_000;

/** Whether the size of the body need not be counted. Aliases may make a short document a large body. */
function isSurelySmall({ document: { range, format }, lines }: LocatedManifest): boolean {
  if (range.end - range.start > SMALL_DOCUMENT) return false;
  return format === "json" || !lines.text.slice(range.start, range.end).includes("*");
}

function labelsOf(namespace: string, { namespaceLabels }: Context["settings"]) {
  return Object.hasOwn(namespaceLabels, namespace) ? namespaceLabels[namespace] : undefined;
}
