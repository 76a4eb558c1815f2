/** Mutation testing of the engine: `npm run test:mutation`, or `npx stryker run -m src/net/ip.ts` for one file. */
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    "src/service/**/*.ts",
    "src/net/**/*.ts",
    // Types alone, and the prose of the reference: there is nothing to run in them.
    "!src/service/types.ts",
    "!src/service/fields.ts",
    "!src/service/fields/**",
    // Sentences: the snapshot of the wording is where they are read. What decides is tested, the words are not.
    "!src/service/rules/{addresses,decode,metadata,spec,update,warnings}.ts",
  ],
  testRunner: "jest",
  testRunnerNodeArgs: ["--experimental-vm-modules", "--no-warnings"],
  jest: { configFile: "test/mutation/jest.config.js", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  concurrency: 1,
  incremental: true,
  incrementalFile: "reports/mutation/incremental.json",
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false },
  ignorePatterns: [
    "dist",
    "docs",
    "charts",
    "deploy",
    "examples",
    "policies",
    "schemas",
    "reports",
    ".cache",
    "bench",
    "scripts",
  ],
  tempDirName: ".stryker-tmp",
  thresholds: { high: 95, low: 90, break: 90 },
};
