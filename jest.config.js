import { TEST_TIMEOUT } from "./test/patience.ts";

/** @type {import('jest').Config} */
export default {
  testEnvironment: "node",
  testTimeout: TEST_TIMEOUT,
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/test/e2e/", "/test/browser/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "es6" } },
    ],
  },
};
