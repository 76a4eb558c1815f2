/** The worker process: judges the reviews that the server does not judge itself, one at a time. */
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { type AdmissionSettings, answer } from "../../admission/index.ts";
import { type AdmissionRequest, readReview } from "../../admission/review/index.ts";
import { type Checkpoint, isObject, TimeBudgetExceeded } from "../../field/index.ts";
import { serviceEntry } from "../../inventory/extract/index.ts";
import { viewOfSlice } from "../../inventory/store/index.ts";
import { compilePolicies } from "../../policy/compile/index.ts";
import { policyRecordOf, recordOf } from "../metrics/index.ts";
import { type BodyFailure, parseBody, tryAnswer } from "../requests/index.ts";
import { limitExpressions } from "./expression-limit.ts";
import {
  type FailureMessage,
  isMessageToWorker,
  type MessageFromWorker,
  type RequestMessage,
  type ReviewKind,
  type ReviewMessage,
  type SettingsMessage,
  type SurroundingsMessage,
} from "./messages.ts";

/** Lower than the server's, which answers a thousand small reviews in the time of a large one. 0 is normal, 19 the lowest. */
const NICENESS = 5;
try {
  setPriority(NICENESS);
} catch {
  // If it is not allowed, both processes have the same priority.
}

/**
 * Where the container's memory runs out, the kernel kills this process before the server (proc(5), `oom_score_adj`, at
 * most 1000): one review is then answered as not judged, and no connection is lost. Not where the kubelet has all of a
 * container's processes killed together, as it does with cgroups v2 from Kubernetes 1.28 on.
 */
const KILLED_FIRST = "1000";
try {
  writeFileSync("/proc/self/oom_score_adj", KILLED_FIRST);
} catch {
  // Not on Linux.
}

let settings: Omit<AdmissionSettings, "today"> | undefined;
let onSurroundings: ((message: SurroundingsMessage) => void) | undefined;

process.on("message", (message: unknown) => {
  if (!isMessageToWorker(message)) return;
  if (message.type === "settings") settings = settingsOf(message);
  else if (message.type === "surroundings") onSurroundings?.(message);
  else void judge(message).then(send);
});
process.on("disconnect", () => process.exit());
// Ctrl-C in a terminal sends SIGINT to every process, but the server decides when this one exits.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const) process.on(signal, () => undefined);

function settingsOf(message: SettingsMessage): Omit<AdmissionSettings, "today"> {
  return { ...message.settings, policies: compilePolicies(message.documents) };
}

function send(message: MessageFromWorker): void {
  process.send?.(message);
}

async function judge(message: ReviewMessage): Promise<MessageFromWorker> {
  const { kind, body, today, milliseconds, recordOptions } = message;
  const end = performance.now() + milliseconds;
  const parsed = parseBody(body);
  if ("message" in parsed) return failure(parsed);
  const { review, text } = parsed;
  const result = readReview(review);
  const surroundings = "request" in result ? await askForSurroundings(result.request, kind) : undefined;
  const checkpoint: Checkpoint = () => {
    if (performance.now() > end) throw new TimeBudgetExceeded();
  };
  if (settings === undefined) return failure({ status: 500, message: "internal error", error: "no settings" });
  const reviewSettings = {
    ...settings,
    today,
    checkpoint,
    limitExpressions,
    ...settingsFor(surroundings),
  };
  const judged =
    kind === "policies"
      ? await judgePolicy(text, review)
      : tryAnswer(text, review, () => answer(review, kind, reviewSettings));
  if ("message" in judged) return failure(judged);
  const record = "phase" in judged.facts ? recordOf(judged.facts, recordOptions) : policyRecordOf(judged.facts);
  return { type: "answer", status: judged.status, text: JSON.stringify(judged.body), record };
}

/** Loads the code for policies only when needed: few reviews of policies are large. */
async function judgePolicy(text: string, review: unknown) {
  const { answerPolicyReview } = await import("../../admission/index.ts");
  return tryAnswer(text, review, () => answerPolicyReview(review));
}

/** Sends the request without its objects to the server, which replies with what is around the Service. */
function askForSurroundings(request: AdmissionRequest, kind: ReviewKind): Promise<SurroundingsMessage> {
  return new Promise((resolve) => {
    onSurroundings = resolve;
    const user = { name: request.user.name, groups: [] };
    // In the other phases no rule is asked.
    const entries = kind === "mutate" || kind === "policies" ? undefined : entriesOf(request);
    send({
      type: "request",
      request: { ...request, object: null, oldObject: null, user },
      ...(entries !== undefined && { entries }),
    });
  });
}

/** What rules look at of the Service of a request, before and after it. For a deletion there is only the old one. */
function entriesOf({ object, oldObject, namespace }: AdmissionRequest): RequestMessage["entries"] {
  const [now, before] = [object, oldObject].map((one) => (isObject(one) ? serviceEntry(one, namespace) : undefined));
  const service = now ?? before;
  if (settings === undefined || settings.policies.needs.size === 0 || service === undefined) return undefined;
  return { service, old: before ?? service };
}

function settingsFor(
  message: SurroundingsMessage | undefined,
): Pick<AdmissionSettings, "namespaceLabels" | "inventory"> {
  const { labels, inventory } = message ?? {};
  return {
    ...(labels !== undefined && { namespaceLabels: () => labels }),
    ...(inventory !== undefined && { inventory: { view: viewOfSlice(inventory.slice), age: inventory.age } }),
  };
}

function failure({ status, message, uid, error }: BodyFailure): FailureMessage {
  const withoutError = { type: "failure", status, message, ...(uid === undefined ? {} : { uid }) } as const;
  if (error === undefined) return withoutError;
  return { ...withoutError, error: error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error) };
}
