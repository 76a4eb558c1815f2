/**
 * The program of the worker threads: it receives lists of files, and answers each list with the results for its files.
 */
import { parentPort, workerData } from "node:worker_threads";
import { isObject } from "../../field/index.ts";
import { readSource } from "../../files/index.ts";
import { type Context, type ContextSource, examine, makeContext, withConvertedManifest } from "../findings/index.ts";
import { toPlainData } from "./thread-data.ts";
import type { FileResults, SentFile } from "./worker-pool.ts";

const port = parentPort;
if (port === null) throw new Error("this program runs in a thread of `fairlead check`");

const source: unknown = workerData;
if (!isContextSource(source)) throw new Error("a thread of `fairlead check` is given its settings");
const context = makeContext(source);
port.on("message", (files: readonly (SentFile | undefined)[]) => {
  void context.then((ready) => {
    port.postMessage(files.map((file) => resultsOf(file, ready)));
  });
});

function isContextSource(value: unknown): value is ContextSource {
  return isObject(value) && isObject(value["settings"]);
}

/**
 * The results for one file; undefined if the main thread has to examine it: it reports files that cannot be read, and has
 * a larger stack for those that are nested deeply.
 */
function resultsOf(sent: SentFile | undefined, ready: Context): FileResults {
  if (sent === undefined) return undefined;
  const { file, isNamed } = sent;
  const read = readSource(file);
  if (!("text" in read)) return undefined;
  try {
    return [...examine(read.text, file, ready, isNamed)].map((result) => withConvertedManifest(result, toPlainData));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
