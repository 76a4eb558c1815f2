import type { AdmissionSettings, Phase } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import { isObject } from "../../field/index.ts";
import type { ServiceEntry } from "../../inventory/model/index.ts";
import type { InventorySlice } from "../../inventory/store/index.ts";
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

/** The reply to a {@link RequestMessage}: what the server knows of what is around the Service. */
export interface SurroundingsMessage {
  readonly type: "surroundings";
  /** The labels of the request's namespace; absent if they are not known. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What rules may look at for this Service, and how old that is; absent if none does, or nothing is known. */
  readonly inventory?: { readonly slice: InventorySlice; readonly age: number };
}

export type MessageToWorker = SettingsMessage | ReviewMessage | SurroundingsMessage;

/**
 * The admission request without its objects, sent as soon as it is parsed: the server can answer it even if the worker does
 * not finish. The server replies with a {@link SurroundingsMessage}.
 */
export interface RequestMessage {
  readonly type: "request";
  readonly request: AdmissionRequest;
  /** What rules look at of the Service, and of the old one; absent if no rule asks what is around it. */
  readonly entries?: { readonly service: ServiceEntry; readonly old: ServiceEntry };
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
  return isObject(value) && ["settings", "review", "surroundings"].some((type) => type === value["type"]);
}

/** Checks only the type: server and worker are always of the same version. */
export function isMessageFromWorker(value: unknown): value is MessageFromWorker {
  return isObject(value) && ["request", "answer", "failure"].some((type) => type === value["type"]);
}
