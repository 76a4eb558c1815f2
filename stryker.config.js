/** Mutation testing of the engine: `npm run test:mutation`, or `npx stryker run -m src/net/ip.ts` for one file. */
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    "src/service/**/*.ts",
    "src/net/**/*.ts",
    // Types alone: there is nothing to run in them.
    "!src/service/schema/types.ts",
  ],
  testRunner: "engine",
  plugins: ["./test/mutation/runner.ts"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A loop without an end counts as killed: a machine that is busy must not look like one.
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile: "reports/mutation/incremental.json",
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: [
    "dist",
    // The tests read one page of it.
    "docs/*",
    "!docs/service.md",
    "charts",
    "deploy",
    "examples",
    "policies",
    "schemas",
    "reports",
    ".cache",
    "bench",
  ],
  tempDirName: ".stryker-tmp",
  thresholds: { high: 95, low: 90, break: 90 },
};
