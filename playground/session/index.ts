/** From a state to what the engine judges by. */
export { type ExampleGroup, type PlaygroundData, readData } from "./data.ts";
export { Parts } from "./parts.ts";
export { type Case, FILES, Session, type TextProblem } from "./session.ts";
export { problemsOf, profileChoices, versionChoices } from "./settings.ts";
