/** The baseline for the check: reads the same files and parses every document with the same YAML library. */
import { readFileSync, statSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { filesBelow } from "./files-below.mjs";

const [target = "."] = process.argv.slice(2);
let documents = 0;
for (const file of statSync(target).isDirectory() ? filesBelow(target) : [target]) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { version: "1.1" })) {
    document.toJS();
    documents++;
  }
}
console.log(documents);
