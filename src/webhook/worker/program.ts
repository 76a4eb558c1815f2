/** A process that judges the reviews which the server does not judge itself: one after the other, as they are sent. */
import { setPriority } from "node:os";
import { type AdmissionSettings, answer } from "../../admission/index.ts";
import { type AdmissionRequest, readReview } from "../../admission/review/index.ts";
import { type Checkpoint, TimeBudgetExceeded } from "../../field/index.ts";
import { compilePolicies } from "../../policy/compile/index.ts";
import { policyRecordOf, recordOf } from "../metrics/index.ts";
import { tryAnswer, parseBody, type ReviewTextFailure } from "../requests/index.ts";
import {
  type FailureMessage,
  type MessageFromWorker,
  isMessageToWorker,
  type LabelsMessage,
  type ReviewMessage,
  type SettingsMessage,
} from "./messages.ts";

/** Behind the server, which answers a thousand small reviews in the time of one large: 0 is as important, 19 the least. */
const PRIORITY = 5;
try {
  setPriority(PRIORITY);
} catch {
  // Where that is not allowed, both have the same.
}

let settings: Omit<AdmissionSettings, "today"> | undefined;
let answered: ((labels: LabelsMessage) => void) | undefined;

process.on("message", (message: unknown) => {
  if (!isMessageToWorker(message)) return;
  if (message.type === "settings") settings = settingsOf(message);
  else if (message.type === "labels") answered?.(message);
  else void judge(message).then(send);
});
process.on("disconnect", () => process.exit());
// A terminal's Ctrl-C reaches every process: when this one ends is the server's to say.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const) process.on(signal, () => undefined);

function settingsOf(message: SettingsMessage): Omit<AdmissionSettings, "today"> {
  return { ...message.settings, policies: compilePolicies(message.documents) };
}

function send(message: MessageFromWorker): void {
  process.send?.(message);
}

async function judge(message: ReviewMessage): Promise<MessageFromWorker> {
  const { kind, body, today, milliseconds, recordOptions: wants } = message;
  const end = performance.now() + milliseconds;
  const read = parseBody(body);
  if ("message" in read) return failure(read);
  const { review, text } = read;
  const reading = readReview(review);
  const labels = "request" in reading ? await labelsFor(reading.request) : undefined;
  const checkpoint: Checkpoint = () => {
    if (performance.now() > end) throw new TimeBudgetExceeded();
  };
  if (settings === undefined) return failure({ status: 500, message: "internal error", error: "no settings" });
  const given = { ...settings, today, checkpoint, ...(labels === undefined ? {} : { namespaceLabels: () => labels }) };
  const judged =
    kind === "policies"
      ? await judgePolicy(text, review)
      : tryAnswer(text, review, () => answer(review, kind, given));
  if ("message" in judged) return failure(judged);
  const note = "phase" in judged.facts ? recordOf(judged.facts, wants) : policyRecordOf(judged.facts);
  return { type: "answer", status: judged.status, text: JSON.stringify(judged.body), record: note };
}

/** Loaded where it is needed alone: few reviews of policies are large. */
async function judgePolicy(text: string, review: unknown) {
  const { answerPolicyReview } = await import("../../admission/index.ts");
  return tryAnswer(text, review, () => answerPolicyReview(review));
}

/** Tells what the review is about, which is all that can be answered should this process not come to an end. */
function labelsFor(request: AdmissionRequest): Promise<LabelsMessage["labels"]> {
  return new Promise((resolve) => {
    answered = ({ labels }) => {
      resolve(labels);
    };
    const user = { name: request.user.name, groups: [] };
    send({ type: "request", request: { ...request, object: null, oldObject: null, user } });
  });
}

function failure({ status, message, uid, error }: ReviewTextFailure): FailureMessage {
  const told = { type: "failure", status, message, ...(uid === undefined ? {} : { uid }) } as const;
  if (error === undefined) return told;
  return { ...told, error: error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error) };
}
