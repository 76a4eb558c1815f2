/** AdmissionReview: reading requests, building replies and JSON patches. */
export { patchBetween, type PatchOperation } from "./patch.ts";
export { allow, fail, type FailureStatus, refuse, type ReviewReply, type StatusCause } from "./reply.ts";
export { type AdmissionRequest, readReview, REVIEW_API_VERSION, REVIEW_KIND, type ReviewOperation } from "./review.ts";
