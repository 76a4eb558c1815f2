import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import { BROWSER_RULES } from "./scripts/browser-rules.ts";

export default tseslint.config(
  {
    ignores: [
      "**/dist",
      "site/vitepress/.pages",
      "coverage",
      "reports",
      ".stryker-tmp",
      ".cache",
      "node_modules",
      "src/cel/syntax/grammar/{lexer,parser}.ts",
    ],
  },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      // Numbers in messages are what the messages are about.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  BROWSER_RULES,
  {
    // The models of @kubernetes/client-node are declared as classes, and are plain objects in and out.
    files: ["test/e2e/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-misused-spread": "off",
    },
  },
  {
    // Tables of cases are read row by row.
    files: ["test/**/*.ts"],
    rules: { "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", setTimeout: "readonly", Buffer: "readonly" },
    },
  },
);
