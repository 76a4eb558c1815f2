/**
 * The program of the worker threads: it receives lists of files, and answers each list with the results for its files.
 */
import { parentPort, workerData } from "node:worker_threads";
import { isObject } from "../../field/index.ts";
import { type ContextSource, makeContext } from "../context/index.ts";
import type { FileResult } from "../fingerprints/index.ts";
import { withConvertedManifest } from "./converted-manifest.ts";
import { examineFile, type SentFile } from "./examine-file.ts";
import { toPlainData } from "./thread-data.ts";

const port = parentPort;
if (port === null) throw new Error("this program runs in a thread of `fairlead check`");

const source: unknown = workerData;
if (!isContextSource(source)) throw new Error("a thread of `fairlead check` is given its settings");
const context = makeContext(source);
port.on("message", (files: readonly (SentFile | undefined)[]) => {
  void context.then((ready) => {
    port.postMessage(files.map((file) => file && examineFile(file, ready, toSend)));
  });
});

function isContextSource(value: unknown): value is ContextSource {
  return isObject(value) && isObject(value["settings"]);
}

function toSend(result: FileResult): FileResult {
  return withConvertedManifest(result, toPlainData);
}
