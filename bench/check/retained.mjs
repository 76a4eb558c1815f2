/** `FOLDER FROM TO`: checks a folder and prints the bytes that the run retains per Service after garbage collection. */
import { runRequestOf } from "#src/check/run/run-request.ts";
import { runCheck } from "#src/check/run/run.ts";

const [folder = "", from = "", to = ""] = process.argv.slice(2);
const heap = new Map();
const request = await runRequestOf([folder], { workers: "0" }, "2026-01-01", () => undefined);
const run = runCheck({
  ...request,
  wantsServices: false,
  onProgress: (files) => {
    if (files !== Number(from) && files !== Number(to)) return;
    globalThis.gc();
    heap.set(files, process.memoryUsage().heapUsed);
  },
});
while ((await run.next()).done !== true);
console.log((heap.get(Number(to)) - heap.get(Number(from))) / (Number(to) - Number(from)));
