/** Reading requests: head, body, deadline, JSON. */
export { announcedLength, BODY_LIMIT, readBody } from "./body.ts";
export { deadlineIn, memoizeLast } from "./deadline.ts";
export { type Failure, problemOfHead } from "./head.ts";
export { type BodyFailure, parseBody, tryAnswer, uidAtStart } from "./review-body.ts";
