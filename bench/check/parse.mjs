/** The baseline for the check: reads the same files and parses every document with the same YAML library. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

const [target = "."] = process.argv.slice(2);
let documents = 0;
for (const file of statSync(target).isDirectory() ? filesBelow(target) : [target]) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { version: "1.1" })) {
    document.toJS();
    documents++;
  }
}
console.log(documents);

/** @param {string} folder */
function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
