import { patchBetween, type PatchOperation } from "#src/admission/review/index.ts";
import { type OldService, oldServiceOf, updateOf } from "#src/examine/before/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { judgeUpdate } from "#src/examine/findings/judge-manifest.ts";
import type { Judgement } from "#src/engine/index.ts";
import { isObject } from "#src/field/index.ts";
import { bodySize } from "#src/service/index.ts";
import type { Service } from "#src/service/schema/index.ts";
import { clientWork } from "./client.ts";
import { clientText } from "./client-text.ts";
import { mutatingPolicies, splitPatch } from "./cluster-policies.ts";
import type { SentService } from "./services.ts";
import { type Step, stepsOf } from "./steps.ts";
import type { OtherFinding, PrintedLine, Told } from "./told.ts";

/** All that becomes of a Service. */
export interface Answer {
  readonly sent: SentService;
  /** Whether it updates a Service that is stored. */
  readonly isUpdate: boolean;
  /** What is sent to the server after the client has merged it, where that is another object than the manifest. */
  readonly merged: unknown;
  readonly judgement: Judgement;
  readonly old: unknown;
  /** JSON pointers of what the server allocates now. */
  readonly allocated: readonly string[];
  /** What the mutating webhook answers. */
  readonly patch: readonly PatchOperation[];
  readonly admitted: Service | undefined;
  readonly stored: Service | undefined;
  readonly steps: readonly Step[];
  readonly isAllowed: boolean;
  /** What kubectl prints if this is all that is refused of the text, or the only one of several. */
  readonly printed: (isAlone: boolean) => readonly PrintedLine[];
}

/**
 * Asks the engine about the Service, and tells who says what.
 * @param others what the examination of the whole text has found about it
 */
export function answerOf(sent: SentService, context: Context, others: readonly OtherFinding[] = []): Answer {
  const { settings } = context;
  const before = context.old && oldServiceOf(context.old, sent);
  const client = clientWork(sent, before, settings);
  const judged = judgedAgainst(client.object, before, context);
  const ifKept = keptInstead(judged, before, client.object, context);
  const { update, judgement, object } = ifKept ?? judged;
  const patch = patchOf(judgement);
  const known = new Set([
    ...judgement.causes.map(({ code }): string => code),
    ...judgement.policy.findings.map(({ rule }) => `policy/${rule}`),
  ]);
  const other = others.filter(({ code }) => !known.has(code));
  const told: Told = { sent, client, judgement, patch, before, update, context, object, others: other };
  const steps = stepsOf(told);
  const isAllowed = steps.every(({ outcome }) => outcome !== "refused");
  return {
    sent,
    isUpdate: update !== undefined,
    merged: object,
    judgement,
    old: before?.object,
    allocated: judgement.allocated.filter((pointer) => before?.allocated.includes(pointer) !== true),
    patch: splitPatch(told, mutatingPolicies(context.policies)).ofWebhook,
    admitted: judgement.admitted,
    stored: isAllowed ? judgement.stored : undefined,
    steps,
    isAllowed,
    printed: (isAlone) => clientText(told, isAlone),
  };
}

type Judged = Pick<Told, "update" | "judgement" | "object">;

function judgedAgainst(manifest: unknown, before: OldService | undefined, context: Context): Judged {
  const update = before && updateOf(before, manifest, context.settings);
  const object = update?.request.object ?? manifest;
  const judgement = judgeUpdate(update, { object, bytes: bodySize(object) }, context, {
    // They do not reach the server.
    duplicates: [],
    allStages: false,
  });
  return { update, judgement, object };
}

/** As `check` does: if nobody knows what was applied, a field that the manifest no longer has is taken as another's. */
function keptInstead(
  { judgement }: Judged,
  before: OldService | undefined,
  manifest: unknown,
  context: Context,
): Judged | undefined {
  if (before?.isAppliedAssumed !== true || judgement.decision.allowed) return undefined;
  const judged = judgedAgainst(manifest, { ...before, applied: undefined }, context);
  return judged.judgement.decision.allowed ? judged : undefined;
}

/** The webhook is sent the object with the server's own defaults. */
function patchOf({ defaulted, admitted, policy }: Judgement): readonly PatchOperation[] {
  if (defaulted === undefined || admitted === undefined) return [];
  const received: unknown = JSON.parse(JSON.stringify(defaulted));
  if (!isObject(received)) return [];
  return patchBetween(received, admitted, {
    replacedDefaults: policy.applied.map(({ path }) => path),
    before: policy.hasMutated === true ? defaulted : undefined,
    withStatus: false,
  });
}
