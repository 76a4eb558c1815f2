/** The other baseline for the check: reads the same files and parses every document with the check's own reader. */
import { readFileSync, statSync } from "node:fs";
import { readText } from "#src/text/index.ts";
import { filesBelow } from "./files-below.mjs";

const [target = "."] = process.argv.slice(2);
let documents = 0;
for (const file of statSync(target).isDirectory() ? filesBelow(target) : [target]) {
  documents += readText(readFileSync(file, "utf8"), { format: "auto" }).documents.length;
}
console.log(documents);
