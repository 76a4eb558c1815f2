import TestSequencer from "@jest/test-sequencer";

/** Runs the suites by their names: the fast ones first, so that few mutants live to be asked the recorded questions. */
export default class ByName extends (TestSequencer.default ?? TestSequencer) {
  sort(tests) {
    return [...tests].sort((a, b) => a.path.localeCompare(b.path));
  }
}
