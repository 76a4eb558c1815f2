/** Tests of policies: loads and runs their cases, and reports the differences from what they expect. */
export { versionNotes } from "./case-version.ts";
export { compareOutcome } from "./compare.ts";
export { TEST_FILE_SHAPE } from "./format.ts";
export { loadTests, type TestFile, testFilesBelow } from "./load.ts";
export { type CaseResult, junitReport, passed, textReport } from "./report.ts";
export { type CaseDefaults, runCase } from "./run.ts";
export { applyCorrections } from "./update.ts";
