/** The other baseline for the check: reads the same files and parses every document with the check's own reader. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readText } from "#src/text/index.ts";

const [target = "."] = process.argv.slice(2);
let documents = 0;
for (const file of statSync(target).isDirectory() ? filesBelow(target) : [target]) {
  documents += readText(readFileSync(file, "utf8"), { format: "auto" }).documents.length;
}
console.log(documents);

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
