/** What starts the built program: its scripts, with the compiled code that earlier runs have kept. */
export { startCommand, startPart } from "./start.ts";
