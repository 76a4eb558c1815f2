/** Loops that run until they are closed, with a clock that tests can replace. */
export { type Clock, systemClock } from "./clock.ts";
export type { Log } from "./log.ts";
export { Loop } from "./loop.ts";
export { Slices } from "./slices.ts";
