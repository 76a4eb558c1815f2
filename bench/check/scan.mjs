/** The baseline for files that are no Services: reads each of them, and looks for the words that a Service has. */
import { readFileSync } from "node:fs";
import { filesBelow } from "./files-below.mjs";

const [folder = "."] = process.argv.slice(2);
let services = 0;
for (const file of filesBelow(folder)) if (/kind:\s*Service\b/.test(readFileSync(file, "utf8"))) services++;
console.log(services);
