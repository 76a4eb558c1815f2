import type { AdmissionSettings, Phase } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import { isObject } from "../../field/index.ts";
import type { ServicePolicy } from "../../policy/schema/index.ts";
import type { RecordOptions, ReviewRecord } from "../metrics/index.ts";

/** What is judged: a half of the answer on a Service, or a policy that is to be written. */
export type ReviewKind = Phase | "policies";

/** What answers depend on; sent once, and again when it has changed: ten thousand policies are megabytes. */
export interface SettingsMessage {
  readonly type: "settings";
  readonly documents: readonly ServicePolicy[];
  readonly settings: Pick<AdmissionSettings, "cluster" | "version" | "ipFamilyPolicy" | "validity" | "exempt">;
}

/** One review to judge. */
export interface ReviewMessage {
  readonly type: "review";
  readonly kind: ReviewKind;
  readonly body: Uint8Array;
  readonly today: string;
  /** How long the judgement may take. */
  readonly milliseconds: number;
  readonly recordOptions: RecordOptions;
}

/** What the server knows of the namespace that was asked for. */
export interface LabelsMessage {
  readonly type: "labels";
  readonly labels?: Readonly<Record<string, string>>;
}

export type MessageToWorker = SettingsMessage | ReviewMessage | LabelsMessage;

/** What the review is about, told as soon as it is known: without the objects. Answered with the namespace's labels. */
export interface RequestMessage {
  readonly type: "request";
  readonly request: AdmissionRequest;
}

/** An answer that is ready to be sent. */
export interface AnswerMessage {
  readonly type: "answer";
  readonly status: 200 | 400;
  readonly text: string;
  readonly record: ReviewRecord;
}

/** The body is no review, or the judgement failed. */
export interface FailureMessage {
  readonly type: "failure";
  readonly status: 400 | 500;
  readonly message: string;
  readonly uid?: string;
  /** What went wrong inside, for the log. */
  readonly error?: string;
}

export type MessageFromWorker = RequestMessage | AnswerMessage | FailureMessage;

/** Both ends are of one version: whose message it is is all that is looked at. */
export function isMessageToWorker(value: unknown): value is MessageToWorker {
  return isObject(value) && ["settings", "review", "labels"].some((type) => type === value["type"]);
}

/** The same for the other end. */
export function isMessageFromWorker(value: unknown): value is MessageFromWorker {
  return isObject(value) && ["request", "answer", "failure"].some((type) => type === value["type"]);
}
