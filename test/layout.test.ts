import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { BROWSER_ROOMS, ROOMS } from "../scripts/rooms.ts";
import { ROOT } from "./paths.ts";

const FOLDERS = readdirSync(join(ROOT, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
  .sort();

describe.each(FOLDERS)("%s", (folder) => {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const door = readFileSync(join(ROOT, folder, "index.ts"), "utf8");

  it("says in the first comment of its index.ts what is in it", () => {
    expect(door).toMatch(/^\/\*\*\s*(\* )?[`\w]/);
  });

  it("exports from index.ts what its own files define, and nothing else", () => {
    const statements = door.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "").split(";");
    for (const statement of statements.map((text) => text.trim()).filter((text) => text !== "" && text !== "export {}"))
      expect(statement).toMatch(/^export (type )?\{[^}]*\} from "\.\/[a-z0-9-]+\.ts"$/);
  });

  it("has sixteen files at most", () => {
    expect(entries.filter((entry) => entry.isFile()).length).toBeLessThanOrEqual(16);
  });
});

it("the table in CONTRIBUTING.md has every room, in the linter's order, with what it imports", () => {
  const rows = [
    ...readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8").matchAll(/^\| `src\/([a-z-]+)` \|[^|]*\| ([^|]*) \|$/gm),
  ];
  expect(Object.fromEntries(rows.map(([, room = "", imports = ""]) => [room, imports]))).toEqual(
    Object.fromEntries(Object.entries(ROOMS).map(([room, imports]) => [room, imports.join(", ") || "nothing"])),
  );
  expect(rows.map(([, room]) => room)).toEqual(Object.keys(ROOMS));
  expect(Object.keys(ROOMS).sort()).toEqual(
    FOLDERS.filter((folder) => folder.split("/").length === 2).map((f) => f.slice(4)),
  );
});

it("what browsers run imports only rooms that browsers run", () => {
  for (const room of BROWSER_ROOMS) expect(BROWSER_ROOMS).toEqual(expect.arrayContaining([...(ROOMS[room] ?? ["?"])]));
});

describe("the linter", () => {
  let folder = "";

  /** A small tree in which everything is as it should be, but for what is asked about. */
  const TREE = {
    "field/index.ts": '/** */ export { type Path } from "./path.ts";',
    "field/path.ts": "export interface Path { keys: string[] }",
    "text/index.ts": '/** */ export { type Text } from "./text.ts";',
    "text/text.ts": 'import type { Path } from "../field/index.ts"; export interface Text { path: Path }',
  };

  const cases = [
    { rule: null, name: "a tree without faults", files: {} },
    {
      rule: "no circle of files",
      name: "two files that name each other's types",
      files: {
        "net/index.ts": '/** */ export { type A } from "./a.ts";',
        "net/a.ts": 'import type { B } from "./b.ts"; export interface A { b: B }',
        "net/b.ts": 'import type { A } from "./a.ts"; export interface B { a: A }',
      },
    },
    {
      rule: "no circle of folders",
      name: "two folders that import each other, by files that do not",
      files: {
        "net/a/index.ts": '/** */ export { one } from "./one.ts"; ',
        "net/a/one.ts": "export const one = 1;",
        "net/a/two.ts": 'import { three } from "../b/index.ts"; export const two = three;',
        "net/b/index.ts": '/** */ export { three } from "./three.ts";',
        "net/b/three.ts": "export const three = 3;",
        "net/b/four.ts": 'import { one } from "../a/index.ts"; export const four = one;',
      },
    },
    {
      rule: "a folder's door is its index.ts",
      name: "an import past the door",
      files: { "text/lines.ts": 'import type { Path } from "../field/path.ts"; export type Lines = Path;' },
    },
    {
      rule: "what field may import",
      name: "an arrow that points outwards",
      files: {
        "field/budget.ts": 'import type { Region } from "../text/index.ts"; export type Budget = Region;',
        "text/region.ts": "export type Region = 1;",
        "text/index.ts": '/** */ export { type Region } from "./region.ts";',
        "text/text.ts": "export type Text = 1;",
      },
    },
    {
      rule: "nothing of Node in what browsers run",
      name: "a module of Node",
      files: { "field/file-path.ts": 'export { isAbsolute } from "node:path";' },
    },
    {
      rule: "every room is in the table",
      name: "a room that the table does not know",
      files: { "attic/index.ts": 'import type { Path } from "../field/index.ts"; export type Attic = Path;' },
    },
  ];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fairlead-layout-"));
    for (const file of [".dependency-cruiser.js", "scripts/rooms.ts", "tsconfig.json", "package.json"])
      cpSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(cases)("$name: $rule", ({ rule, files }) => {
    rmSync(join(folder, "src"), { recursive: true, force: true });
    for (const [file, text] of Object.entries({ ...TREE, ...files })) {
      mkdirSync(dirname(join(folder, "src", file)), { recursive: true });
      writeFileSync(join(folder, "src", file), `${text}\n`);
    }
    const { stdout } = spawnSync("node_modules/.bin/depcruise", ["src", "--output-type", "json"], {
      cwd: folder,
      encoding: "utf8",
    });
    const report: unknown = JSON.parse(stdout);
    const violations = valueAt(report, ["summary", "violations"]);
    if (!Array.isArray(violations)) throw new Error(`no report: ${stdout}`);
    const broken = new Set(violations.map((violation) => valueAt(violation, ["rule", "name"])));
    expect([...broken]).toEqual(rule === null ? [] : [rule]);
  });
});
