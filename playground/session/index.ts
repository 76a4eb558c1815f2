/** From a state to what the engine judges by. */
export { type PlaygroundData, type PlaygroundExample, readData } from "./data.ts";
export { type Case, FILES, Session } from "./session.ts";
export { profileChoices, versionChoices } from "./settings.ts";
