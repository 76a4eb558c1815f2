/** What the playground shows, and how a link keeps it. */
export { completeState, decodeState, encodeState } from "./codec.ts";
export { CHOICES, FIRST_STATE, type PlaygroundState } from "./state.ts";
