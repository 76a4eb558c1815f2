import base from "../../jest.config.js";

/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: "../..",
  roots: ["<rootDir>/test/browser"],
  testPathIgnorePatterns: ["/node_modules/"],
  // A browser has to start, on machines that have other things to do.
  testTimeout: 60_000,
};
