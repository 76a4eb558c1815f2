/**
 * `node host.ts EXTENSION FOLDER PROGRAM`: activates the bundled extension as VS Code would, with a stand-in for its API, and prints
 * what it did as JSON. A program of its own: the extension and its client are CommonJS, and want a module `vscode`, which
 * only VS Code has.
 */
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { valueAt } from "#src/field/json.ts";
import { StandIn } from "./stand-in.ts";

declare global {
  var vscodeStandIn: object;
}

const [extensionPath = "", folder = "", path = ""] = process.argv.slice(2);
const standIn = new StandIn(folder, readFileSync(join(folder, "service.yaml"), "utf8"), {
  path: join(folder, "no-such-program"),
});
globalThis.vscodeStandIn = standIn.api;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: "data:text/javascript,vscode", format: "commonjs", shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === "data:text/javascript,vscode"
      ? { source: "module.exports = globalThis.vscodeStandIn", format: "commonjs", shortCircuit: true }
      : next(url, context),
});

const extension: unknown = createRequire(import.meta.url)(join(extensionPath, "dist", "extension.cjs"));
/** Calls a function of the extension. */
async function call(name: string, ...args: readonly object[]): Promise<void> {
  const found = valueAt(extension, [name]);
  if (typeof found !== "function") throw new Error(`the extension has no ${name}`);
  await Reflect.apply(found, undefined, args);
}

await call("activate", { extensionPath, subscriptions: [] });
const atFirst = standIn.recorded.complaints.splice(0);
// Faster than servers start and end.
for (const one of [path, join(folder, "no-such-program"), path]) {
  standIn.set({ path: one });
  await new Promise(setImmediate);
}
const asOpened = await standIn.diagnostics((messages) => messages.length > 0);
standIn.set({ enable: false });
const switchedOff = await standIn.diagnostics((messages) => messages.length === 0);
await call("deactivate");
// A server that still ran would keep this program alive.
const { commands, complaints } = standIn.recorded;
console.log(JSON.stringify({ commands, atFirst, complaints, asOpened, switchedOff }));
