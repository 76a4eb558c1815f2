import type { AdmissionSettings, Phase } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import { isObject } from "../../field/index.ts";
import type { PolicyDocument } from "../../policy/model/index.ts";
import type { RecordOptions, ReviewRecord } from "../metrics/index.ts";

/** The kind of review: a phase of the review of a Service, or the review of a policy. */
export type ReviewKind = Phase | "policies";

/** The settings of the following reviews. They are sent only when they have changed: 10,000 policies are megabytes. */
export interface SettingsMessage {
  readonly type: "settings";
  readonly documents: readonly PolicyDocument[];
  readonly settings: Pick<AdmissionSettings, "cluster" | "version" | "ipFamilyPolicy" | "validity" | "exempt">;
}

/** A review to judge. */
export interface ReviewMessage {
  readonly type: "review";
  readonly kind: ReviewKind;
  readonly body: Uint8Array;
  readonly today: string;
  /** How long the judgement may take, in milliseconds. */
  readonly milliseconds: number;
  readonly recordOptions: RecordOptions;
}

/** The reply to a {@link RequestMessage}. */
export interface LabelsMessage {
  readonly type: "labels";
  /** The labels of the request's namespace; absent if they are not known. */
  readonly labels?: Readonly<Record<string, string>>;
}

export type MessageToWorker = SettingsMessage | ReviewMessage | LabelsMessage;

/**
 * The admission request without its objects, sent as soon as it is parsed: the server can answer it even if the worker does
 * not finish. The server replies with a {@link LabelsMessage}.
 */
export interface RequestMessage {
  readonly type: "request";
  readonly request: AdmissionRequest;
}

/** The answer to a review. */
export interface AnswerMessage {
  readonly type: "answer";
  /** The HTTP status. */
  readonly status: 200 | 400;
  /** The body, as JSON. */
  readonly text: string;
  readonly record: ReviewRecord;
}

/** The body is not a review, or the judgement threw an error. */
export interface FailureMessage {
  readonly type: "failure";
  readonly status: 400 | 500;
  readonly message: string;
  readonly uid?: string;
  /** An internal error, for the log only. */
  readonly error?: string;
}

export type MessageFromWorker = RequestMessage | AnswerMessage | FailureMessage;

/** Checks only the type: server and worker are always of the same version. */
export function isMessageToWorker(value: unknown): value is MessageToWorker {
  return isObject(value) && ["settings", "review", "labels"].some((type) => type === value["type"]);
}

/** Checks only the type: server and worker are always of the same version. */
export function isMessageFromWorker(value: unknown): value is MessageFromWorker {
  return isObject(value) && ["request", "answer", "failure"].some((type) => type === value["type"]);
}
