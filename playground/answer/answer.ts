import { patchBetween, type PatchOperation } from "#src/admission/review/index.ts";
import { oldServiceOf, type Update, updateOf } from "#src/examine/before/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { judgeUpdate } from "#src/examine/findings/judge-manifest.ts";
import type { Judgement } from "#src/engine/index.ts";
import { isObject } from "#src/field/index.ts";
import { bodySize } from "#src/service/index.ts";
import type { Service } from "#src/service/schema/index.ts";
import { clientText } from "./client-text.ts";
import type { SentService } from "./services.ts";
import { type Step, stepsOf } from "./steps.ts";

/** All that becomes of a Service. */
export interface Answer {
  readonly sent: SentService;
  /** Whether it updates a Service that is stored. */
  readonly isUpdate: boolean;
  /** What is sent to the server after the client has merged it, where that is another object than the manifest. */
  readonly merged: unknown;
  readonly judgement: Judgement;
  readonly old: unknown;
  /** What the mutating webhook answers. */
  readonly patch: readonly PatchOperation[];
  readonly admitted: Service | undefined;
  readonly stored: Service | undefined;
  readonly steps: readonly Step[];
  readonly isAllowed: boolean;
  /** What kubectl prints, line by line: warnings, then the result or the error. */
  readonly printed: readonly string[];
}

/** Asks the engine about the Service, and tells who says what. */
export function answerOf(sent: SentService, context: Context): Answer {
  const { settings } = context;
  const before = context.old && oldServiceOf(context.old, sent);
  const update = before && updateOf(before, sent.object, settings);
  const object = update?.request.object ?? sent.object;
  const judgement = judgeUpdate(update, { object, bytes: bodySize(object) }, context, {
    duplicates: sent.duplicates,
    allStages: false,
  });
  const denied = judgement.policy.findings.some(
    ({ action, suppressed }) => action === "deny" && suppressed === undefined,
  );
  const isAllowed = judgement.decision.allowed && !denied && update?.refusal === undefined;
  const { admitted } = judgement;
  const patch = patchOf(judgement);
  const told = { sent, judgement, patch, update, settings, object };
  return {
    sent,
    isUpdate: update !== undefined,
    merged: object,
    judgement,
    old: before?.object,
    patch,
    admitted,
    stored: isAllowed ? judgement.stored : undefined,
    steps: stepsOf(told),
    isAllowed,
    printed: clientText(told),
  };
}

/** What a step or the client's text is made from. */
export interface Told {
  readonly sent: SentService;
  readonly judgement: Judgement;
  readonly patch: readonly PatchOperation[];
  readonly update: Update | undefined;
  readonly settings: Context["settings"];
  readonly object: unknown;
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
