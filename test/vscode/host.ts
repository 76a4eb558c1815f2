/**
 * `node host.ts EXTENSION FOLDER PROGRAM`: activates the bundled extension as VS Code would, with a stand-in for its API, and prints
 * what it did as JSON. A program of its own: the extension and its client are CommonJS, and want a module `vscode`, which
 * only VS Code has.
 */
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { StandIn } from "./stand-in.ts";

interface Extension {
  activate(context: object): Promise<void>;
  deactivate(): Promise<void>;
}

declare global {
  var vscodeStandIn: object;
}

const [extensionPath = "", folder = "", path = ""] = process.argv.slice(2);
const standIn = new StandIn(folder, readFileSync(join(folder, "service.yaml"), "utf8"), { path });
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

const extension: Extension = createRequire(import.meta.url)(join(extensionPath, "dist", "extension.cjs"));
const first = standIn.nextDiagnostics();
await extension.activate({ extensionPath, subscriptions: [] });
const asOpened = await first;
const second = standIn.nextDiagnostics();
standIn.set({ policy: ["baseline"] });
const withPolicy = await second;
await extension.deactivate();
// A server that still ran would keep this program alive.
console.log(JSON.stringify({ commands: standIn.recorded.commands, asOpened, withPolicy }));
