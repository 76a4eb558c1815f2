import shared from "../../../jest.config.js";

/** The tests that need Neovim: `npm run test:neovim`. */
export default {
  ...shared,
  rootDir: "../../..",
  roots: ["<rootDir>/test/lsp/neovim"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 60_000,
};
