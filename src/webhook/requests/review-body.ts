import { isUtf8 } from "node:buffer";
import { readReview } from "../../admission/review/index.ts";
import { isTooDeep, problemOfJson } from "./json-problems.ts";

/** Why a body cannot be answered: the HTTP status and the message of the reply. */
export interface BodyFailure {
  readonly status: 400 | 500;
  readonly message: string;
  readonly uid?: string;
  /** An internal error, for the log only. */
  readonly error?: unknown;
}

/** Decodes a body from UTF-8. */
function decodeBody(body: Uint8Array): string | BodyFailure {
  if (body.length === 0) return { status: 400, message: "the body is empty, and must be an AdmissionReview" };
  if (!isUtf8(body)) return { status: 400, message: "the body is not UTF-8 text" };
  return (Buffer.isBuffer(body) ? body : Buffer.from(body)).toString("utf8");
}

/** Parses a body as JSON. */
export function parseBody(body: Uint8Array): { readonly review: unknown; readonly text: string } | BodyFailure {
  const text = decodeBody(body);
  if (typeof text !== "string") return text;
  try {
    return { review: JSON.parse(text), text };
  } catch {
    return { status: 400, message: problemOfJson(text) };
  }
}

/** Returns the result of `answer`, or a failure if it throws. */
export function tryAnswer<T>(text: string, review: unknown, answer: () => T): T | BodyFailure {
  try {
    return answer();
  } catch (error) {
    if (error instanceof RangeError && isTooDeep(text)) {
      return { status: 400, message: "the body nests too deep to be a review" };
    }
    const uid = uidOf(review);
    return { status: 500, message: "internal error; its log says more", error, ...(uid === "" ? {} : { uid }) };
  }
}

function uidOf(review: unknown): string {
  const result = readReview(review);
  return ("problem" in result ? result.uid : result.request.uid) ?? "";
}

/** The start of a review as every API server writes it: the fields are in the order of the Go type. */
const START =
  /^\s*\{\s*"kind":\s*"AdmissionReview",\s*"apiVersion":\s*"admission\.k8s\.io\/v1",\s*"request":\s*\{\s*"uid":\s*"([^"\\]{1,100})"/;
const MAX_START_LENGTH = 512;

/** Finds the uid of a review without parsing it; undefined if it is not where an API server writes it. */
export function uidAtStart(body: Uint8Array): string | undefined {
  return START.exec(Buffer.from(body.subarray(0, MAX_START_LENGTH)).toString("latin1"))?.[1];
}
