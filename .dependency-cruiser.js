import { BROWSER_ROOMS, ROOMS } from "./scripts/rooms.ts";

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const arrows = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `what ${room} may import`,
  comment: `${room} may import only: ${allowed.join(", ") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  // The version is a constant that anybody may name.
  to: { path: "^src/", pathNot: [`^src/(${[room, ...allowed].join("|")})/`, "^src/version\\.ts$"] },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no circle of files",
      comment: "two files that need each other are one file, or need a third",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no circle of folders",
      comment: "of two folders only one may import the other",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    {
      name: "a folder's door is its index.ts",
      severity: "error",
      from: { path: "^(src/.+)/[^/]+$" },
      to: { path: "^src/.+/[^/]+$", pathNot: ["^$1/[^/]+$", "/index\\.ts$"] },
    },
    {
      name: "a folder's door is its index.ts, for the files at the top, too",
      severity: "error",
      from: { path: "^src/[^/]+$" },
      to: { path: "^src/.+/[^/]+$", pathNot: "/index\\.ts$" },
    },
    {
      name: "every room is in the table",
      comment: "add it to ROOMS in scripts/rooms.ts",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: `^src/(${Object.keys(ROOMS).join("|")})/` },
      to: {},
    },
    {
      name: "nothing of Node in what browsers run",
      comment: "see BROWSER_ROOMS in scripts/rooms.ts",
      severity: "error",
      from: { path: `^src/(${BROWSER_ROOMS.join("|")})/` },
      to: { dependencyTypes: ["core"] },
    },
    ...arrows,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    // Imports of types count: who reads a file must open what it names.
    tsPreCompilationDeps: true,
  },
};
