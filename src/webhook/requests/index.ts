/** A request before it is judged: head, body, deadline, text. */
export { announcedLength, BODY_LIMIT, readBody } from "./body.ts";
export { deadlineIn, memoizeLast } from "./deadline.ts";
export { type Failure, problemOfHead } from "./head.ts";
export { tryAnswer, parseBody, type ReviewTextFailure, uidAtStart } from "./review-body.ts";
