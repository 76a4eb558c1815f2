/** Preloaded into a command: writes to the file of `LOADED` how many bytes of the bundle it loads. */
import { statSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { URL } from "node:url";

let bytes = 0;
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:") && url !== import.meta.url) bytes += statSync(new URL(url)).size;
    return next(url, context);
  },
});
process.on("exit", () => writeFileSync(process.env.LOADED, String(bytes)));
