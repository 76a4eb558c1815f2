import { builtinModules } from "node:module";
import type { Linter } from "eslint";
import { BROWSER_ROOMS } from "./rooms.ts";

const MESSAGE = "browsers run this room, too: see BROWSER_ROOMS in scripts/rooms.ts";

/** What Node has and browsers lack, or what reads a clock. */
const GLOBALS = [
  "Buffer",
  "process",
  "setImmediate",
  "clearImmediate",
  "performance",
  "global",
  "globalThis",
  "require",
  "module",
  "__dirname",
  "__filename",
];

const SYNTAX = [
  "TSQualifiedName[left.name='NodeJS']",
  "MemberExpression[object.type='MetaProperty'][property.name=/^(?:dirname|filename|main)$/]",
  "ImportExpression[source.value=/^node:/]",
];

/** The linter's rules for the rooms that browsers run: nothing of Node is in them. */
export const BROWSER_RULES: Linter.Config = {
  files: BROWSER_ROOMS.map((room) => `src/${room}/**/*.ts`),
  rules: {
    "no-restricted-globals": ["error", ...GLOBALS.map((name) => ({ name, message: MESSAGE }))],
    "no-restricted-imports": [
      "error",
      {
        paths: builtinModules.map((name) => ({ name, message: MESSAGE })),
        patterns: [{ regex: "^node:", message: MESSAGE }],
      },
    ],
    "no-restricted-syntax": ["error", ...SYNTAX.map((selector) => ({ selector, message: MESSAGE }))],
  },
};
