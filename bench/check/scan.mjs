/** The baseline for files that are no Services: reads each of them, and looks for the words that a Service has. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "."] = process.argv.slice(2);
let services = 0;
for (const file of filesBelow(folder)) if (/kind:\s*Service\b/.test(readFileSync(file, "utf8"))) services++;
console.log(services);

/** @param {string} folder */
function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
