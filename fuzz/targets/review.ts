import { answer } from "#src/admission/answer.ts";
import type { Answer } from "#src/admission/facts.ts";
import type { AdmissionSettings, Phase } from "#src/admission/settings.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { type CheckedReply, patchOf } from "#test/admission/response-schema.ts";
import type { Draws } from "../draws.ts";
import { drawReview } from "../generators/review.ts";
import { agreesWithJudge } from "../invariants/agreement.ts";
import { frozen } from "../invariants/frozen.ts";
import { patched } from "../invariants/patch.ts";
import { checkObjectPrototype } from "../invariants/prototypes.ts";
import { echoesUid, wellFormed } from "../invariants/reply.ts";
import { inLinearTime } from "../invariants/time.ts";
import { isSituation, SITUATION_NAMES, situationNamed } from "../situations.ts";
import { Broken, type Target } from "../target.ts";

const PHASES = ["mutate", "validate", "deny", "warn"] as const satisfies readonly Phase[];

/** The maximum length of a reply without its patch: the numbers of causes, warnings and audit annotations are limited. */
const LONGEST_REPLY = 128 * 1024;

interface ReviewCase {
  readonly review: unknown;
  readonly phase: Phase;
  readonly situation: string;
}

type Ask = (review: unknown, phase: Phase, settings: AdmissionSettings) => Answer;

/** From an AdmissionReview to its answer. @param ask the function under test; tests pass a broken one */
export function reviewTarget(ask: Ask = answer): Target<ReviewCase> {
  return {
    name: "review",
    draw,
    isCase,
    runsOf: () => 1,
    check: (input) => {
      check(input, ask);
    },
  };
}

function draw(draws: Draws): ReviewCase {
  return {
    review: drawReview(draws),
    phase: draws.pick(["mutate", ...PHASES] as const),
    situation: draws.pick(SITUATION_NAMES),
  };
}

function isCase(value: unknown): value is ReviewCase {
  return (
    isObject(value) &&
    "review" in value &&
    PHASES.some((one) => one === value["phase"]) &&
    isSituation(value["situation"])
  );
}

function check({ review, phase, situation }: ReviewCase, ask: Ask): void {
  const { settings } = situationNamed(situation);
  const bytes = JSON.stringify(review).length;
  const answered = inLinearTime(bytes, () => ask(frozen(review), phase, settings));
  checkObjectPrototype();
  const text = JSON.stringify(answered.body);
  const response = wellFormed(JSON.parse(text));
  echoesUid(review, response);
  if (text.length - (response.patch?.length ?? 0) > LONGEST_REPLY)
    throw new Broken("bounded reply", `${text.length} characters`);
  agreesWithJudge(answered, phase, settings);
  const again = ask(review, phase, settings);
  if (again.status !== answered.status || JSON.stringify(again.body) !== text) {
    throw new Broken("deterministic", "asked again it answers otherwise");
  }
  if (phase === "mutate") settles(review, response, settings, ask);
}

/** The patch applies, and a review of the patched object has no patch. */
function settles(review: unknown, response: CheckedReply["response"], settings: AdmissionSettings, ask: Ask): void {
  const patch = patchOf(response);
  const request = valueAt(review, ["request"]);
  if (patch.length === 0 || !isObject(review) || !isObject(request)) return;
  const object = patched(request["object"], patch);
  const second = ask({ ...review, request: { ...request, object } }, "mutate", settings).body.response;
  if (second.patch !== undefined) {
    const more = JSON.stringify(
      patchOf(wellFormed({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: second })),
    );
    throw new Broken("patch settles", `after ${JSON.stringify(patch)} came ${more}`);
  }
}
