import { TEST_TIMEOUT } from "./test/patience.ts";

/** @type {import('jest').Config} */
export default {
  testEnvironment: "node",
  testTimeout: TEST_TIMEOUT,
  // Jest leaves one core free: of two, half. Many of these tests wait for programs that they have started.
  maxWorkers: "100%",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/test/e2e/", "/test/browser/", "/test/lsp/neovim/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "<rootDir>/scripts/jest-transform.ts",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "es6" } },
    ],
  },
};
