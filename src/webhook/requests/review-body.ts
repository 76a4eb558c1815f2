import { isUtf8 } from "node:buffer";
import { readReview } from "../../admission/review/index.ts";
import { isTooDeep, problemOfJson } from "./json-problems.ts";

/** Why a body has no answer, under the HTTP status of that. */
export interface ReviewTextFailure {
  readonly status: 400 | 500;
  readonly message: string;
  readonly uid?: string;
  /** What went wrong inside, for the log alone. */
  readonly error?: unknown;
}

/** The text of a body. */
export function decodeBody(body: Uint8Array): string | ReviewTextFailure {
  if (body.length === 0) return { status: 400, message: "the body is empty, and must be an AdmissionReview" };
  if (!isUtf8(body)) return { status: 400, message: "the body is not UTF-8 text" };
  return (Buffer.isBuffer(body) ? body : Buffer.from(body)).toString("utf8");
}

/** What a body's JSON holds. */
export function parseBody(body: Uint8Array): { readonly review: unknown; readonly text: string } | ReviewTextFailure {
  const text = decodeBody(body);
  if (typeof text !== "string") return text;
  try {
    return { review: JSON.parse(text), text };
  } catch {
    return { status: 400, message: problemOfJson(text) };
  }
}

/** What the function answers; a failure of the server's own where it throws. */
export function tryAnswer<T>(text: string, review: unknown, answer: () => T): T | ReviewTextFailure {
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
  const reading = readReview(review);
  return ("problem" in reading ? reading.uid : reading.request.uid) ?? "";
}

/** As every API server begins a review: its fields come in the order of its Go type. */
const START =
  /^\s*\{\s*"kind":\s*"AdmissionReview",\s*"apiVersion":\s*"admission\.k8s\.io\/v1",\s*"request":\s*\{\s*"uid":\s*"([^"\\]{1,100})"/;
const LONGEST_START = 512;

/** The uid of a review that has not been parsed, where it stands where an API server writes it. */
export function uidAtStart(body: Uint8Array): string | undefined {
  return START.exec(Buffer.from(body.subarray(0, LONGEST_START)).toString("latin1"))?.[1];
}
