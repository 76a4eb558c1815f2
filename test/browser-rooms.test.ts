import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { beforeAll, expect, it } from "@jest/globals";
import { build } from "esbuild";
import { Linter } from "eslint";
import { BROWSER_RULES } from "../scripts/browser-rules.ts";
import { BROWSER_ROOMS } from "../scripts/rooms.ts";
import { ROOT } from "./paths.ts";

/** Globals of Node; in the bundle, each has {@link MARK} before its name. */
const NODE = ["Buffer", "process", "setImmediate", "clearImmediate", "global", "__dirname", "__filename"];

const MARK = "globalOfNode_";

/** What browsers have as well. A context of `vm` has only what the language has. */
const WEB = { TextEncoder, TextDecoder, atob };

/** The doors of all folders of the rooms. */
const DOORS = BROWSER_ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, "src", room), { recursive: true, encoding: "utf8" })
    .filter((file) => /(?:^|\/)index\.ts$/.test(file))
    .map((file) => `./src/${room}/${file}`),
);

const PROGRAM = `
  import { examine } from "./src/examine/findings/index.ts";
  import { defaultSettings } from "./src/examine/settings/index.ts";
  import { compileFiles } from "./src/policy/files/index.ts";
  ${DOORS.map((door, i) => `export * as door${i} from "${door}";`).join("\n")}
  export function findings(text, policy) {
    const { policies, problems } = compileFiles([{ file: "policy.yaml", text: policy }]);
    const context = { settings: defaultSettings("2026-11-28"), policies, old: undefined, wantsServices: true };
    return [...problems, ...examine(text, "a.yaml", context)].map((result) => result.finding?.rule ?? result.message ?? result.type);
  }`;

let text: string;

beforeAll(async () => {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: PROGRAM, resolveDir: ROOT },
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "fairlead",
    logLevel: "silent",
    define: Object.fromEntries(NODE.map((name) => [name, `${MARK}${name}`])),
  });
  text = outputFiles[0]?.text ?? "";
});

it("the rooms that browsers run are bundled without a module or a global of Node", () => {
  const used = NODE.filter((name) => text.includes(`${MARK}${name}`));
  expect(used).toEqual([]);
});

it("the bundle examines a manifest, by a policy with an expression, where there is nothing of Node", () => {
  const manifest = `apiVersion: v1
kind: Service
metadata: { name: web, labels: { team: !!binary aGk= } }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: Web }
spec: { ports: [{ port: 80 }] }
`;
  const policy = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: team }
spec:
  rules: [{ rule: selector-required, action: warn }]
  validations: [{ expression: "object.metadata.labels.team == 'infra'", action: deny, message: ask infra }]
`;
  const context = createContext({ ...WEB, manifest, policy });
  const found: unknown = runInContext(`${text}; fairlead.findings(manifest, policy);`, context);
  expect(found).toEqual([
    "policy/selector-required",
    "policy/validations[0]",
    "service",
    "name-format",
    "policy/selector-required",
    "policy/validations[0]",
    "service",
  ]);
});

const code = [
  "export const length = (text) => Buffer.byteLength(text);",
  "export const now = () => performance.now();",
  "export const folder = import.meta.dirname;",
  "export const text = globalThis.process;",
  'import { join } from "node:path"; export const path = join("a");',
  'import { join } from "path"; export const path = join("a");',
  'export const path = () => import("node:path");',
];

it.each(code)("the linter refuses %s", (text) => {
  const [found, ...others] = new Linter().verify(text, [{ rules: { ...BROWSER_RULES.rules } }]);
  expect(found?.message).toContain("BROWSER_ROOMS");
  expect(others).toEqual([]);
});
