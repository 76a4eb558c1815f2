import base from "../../jest.config.js";

/** The suites that mutation testing runs: those of the engine, loaded once, and a sample of the recorded answers. */
/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: "../..",
  roots: ["<rootDir>/test/mutation"],
  testPathIgnorePatterns: [],
  testSequencer: "<rootDir>/test/mutation/sequencer.js",
};
