import { Ajv2019 } from "ajv/dist/2019.js";
import { isObject } from "#src/field/json.ts";
import { type CheckedReply, RESPONSE_SCHEMA } from "#test/admission/response-schema.ts";
import { Broken } from "../target.ts";

const isReply = new Ajv2019({ strict: true, strictTypes: false, strictRequired: false }).compile<CheckedReply>(
  RESPONSE_SCHEMA,
);

/** The reply as the API server reads it. @throws Broken if it does not fit AdmissionReview v1 */
export function wellFormed(reply: unknown): CheckedReply["response"] {
  if (!isReply(reply)) {
    throw new Broken(
      "well-formed reply",
      `${JSON.stringify(isReply.errors)} in ${JSON.stringify(reply).slice(0, 2000)}`,
    );
  }
  const { response } = reply;
  const { status } = response;
  if (status?.code === 422 && (status.details?.causes.length ?? 0) === 0) {
    throw new Broken("well-formed reply", "a denial without causes");
  }
  return response;
}

/** The answer has the uid of the request, or "" if there is none. @throws Broken */
export function echoesUid(review: unknown, { uid }: CheckedReply["response"]): void {
  const request = isObject(review) && Object.hasOwn(review, "request") ? review["request"] : undefined;
  const sent = isObject(request) && Object.hasOwn(request, "uid") ? request["uid"] : undefined;
  const wanted = typeof sent === "string" ? sent : "";
  if (uid !== wanted) throw new Broken("uid echoed", `${JSON.stringify(uid)} for ${JSON.stringify(sent)}`);
}
