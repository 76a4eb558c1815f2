/** What becomes of the Services of a text: step by step, as objects, and as kubectl tells it. */
export type { Answer } from "./answer.ts";
export type { Step } from "./steps.ts";
export { type TextAnswer, TextAnswers } from "./text-answer.ts";
export type { PrintedLine, Statement } from "./told.ts";
export type { Verdict } from "./verdict.ts";
