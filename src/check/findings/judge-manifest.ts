import { judge, type Judgement } from "../../engine/index.ts";
import { isObject } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import type { Duplicate } from "../../text/document/index.ts";
import { type Identity, type OldService, oldServiceOf, type Update, updateOf } from "../against/index.ts";
import { KeyRenames } from "../edits/index.ts";
import type { Context } from "./context.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** The judgement of a manifest, and what it was judged against. */
export interface ManifestJudgement {
  readonly judgement: Judgement;
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
export function judgeManifest(
  object: unknown,
  identity: Identity,
  context: Context,
  duplicates: readonly Duplicate[],
): ManifestJudgement {
  const before = context.old && oldServiceOf(context.old, identity);
  const update = before && updateOf(before, object, context.settings);
  const judgement = withHiddenCauses(
    judgeUpdate(update, object, identity, context, duplicates),
    (corrected, fieldValidation) => {
      const changed = before && updateOf(before, corrected, context.settings);
      const settings = { ...context.settings, fieldValidation };
      return judgeUpdate(changed, corrected, identity, { ...context, settings }, []);
    },
    { object, duplicates },
  );
  const other = { judgement, before, update, ifRemoved: undefined };
  if (before?.isAppliedAssumed !== true || judgement.decision.allowed) return other;
  const withoutHistory = updateOf({ ...before, applied: undefined }, object, context.settings);
  const ifKept = judgeUpdate(withoutHistory, object, identity, context, duplicates);
  if (!ifKept.decision.allowed) return other;
  return { judgement: ifKept, before, update: withoutHistory, ifRemoved: judgement.causes[0] };
}

function judgeUpdate(
  update: Update | undefined,
  object: unknown,
  { namespace }: Identity,
  { settings, policies }: Context,
  duplicates: readonly Duplicate[],
): Judgement {
  return judge({
    operation: update === undefined ? "create" : "update",
    object,
    ...update?.request,
    dryRun: settings.dryRun,
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

/** What is only about names of fields: a strict API server looks at nothing else as long as there is one. */
const ABOUT_NAMES: ReadonlySet<string> = new Set(["unknown-field", "duplicate-field"]);

/**
 * A judgement with the causes that the API server would name next. It answers for unknown and duplicate fields first, and
 * for all others only once these are mended; a person wants to know all of them at once.
 * @param judgeAgain judges a corrected manifest
 */
function withHiddenCauses(
  judgement: Judgement,
  judgeAgain: (corrected: unknown, fieldValidation: "Ignore") => Judgement,
  { object, duplicates }: { readonly object: unknown; readonly duplicates: readonly Duplicate[] },
): Judgement {
  const { decision, causes } = judgement;
  if (decision.allowed || !causes.every(({ code }) => ABOUT_NAMES.has(code))) return judgement;
  // Fields in the wrong place, or with an odd character in their name, are missing in theirs: that would be said once more.
  if (causes.some(isMissingElsewhere)) return judgement;
  const next = judgeAgain(renamed(object, causes, duplicates), "Ignore");
  // What cannot be decoded either would hide as much again.
  const hidden = next.causes.filter(({ code }) => !ABOUT_NAMES.has(code));
  return { ...judgement, causes: [...causes, ...hidden], warnings: next.warnings, policy: next.policy };
}

function isMissingElsewhere({ path, facts }: Finding): boolean {
  return facts?.because?.startsWith("it belongs") === true || !/^[\x21-\x7e]*$/.test(String(path.keys().at(-1)));
}

/** Each rename copies the objects on its path: for very many that would take too long. */
const MOST_RENAMED = 50;

/** The manifest with its misspelled keys corrected: their values are judged as what they were meant to be. */
function renamed(object: unknown, causes: readonly Finding[], duplicates: readonly Duplicate[]): unknown {
  if (causes.length > MOST_RENAMED) return object;
  const renames = new KeyRenames(object, causes, duplicates);
  return causes.reduce<unknown>((corrected, cause) => {
    const to = renames.of(cause)?.to;
    return to === undefined ? corrected : withKey(corrected, cause.path.keys(), to);
  }, object);
}

/** A copy in which the last key of the path has another name; what is not on the path is shared. */
function withKey(value: unknown, [key, ...rest]: readonly (string | number)[], to: string): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === key ? withKey(item, rest, to) : item));
  if (!isObject(value) || typeof key !== "string") return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    if (name !== key) return [name, member];
    return rest.length === 0 ? [to, member] : [name, withKey(member, rest, to)];
  });
  return Object.fromEntries(entries);
}
