/** A request before it is judged: head, body, deadline, text. */
export { announcedLength, BODY_LIMIT, readBody } from "./body.ts";
export { deadlineIn, withLastResult } from "./deadline.ts";
export { type Failure, problemOfHead } from "./head.ts";
export { answerOrFailure, parseReview, type ReviewTextFailure, uidAtStart } from "./review-text.ts";
