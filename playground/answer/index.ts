/** What becomes of a Service: step by step, as an object, and as kubectl tells it. */
export { type Answer, answerOf } from "./answer.ts";
export { type SentService, SentServices } from "./services.ts";
export type { Statement, Step } from "./steps.ts";
