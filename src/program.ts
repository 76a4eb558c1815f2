/** What the program does once it is loaded. */
import { inspect } from "node:util";
import { logLines } from "./reports/console/index.ts";

export { main } from "./cli.ts";

/** Prints an error that should not be. It may quote untrusted text. */
export function reportBug(error: unknown): void {
  console.error(logLines(inspect(error)));
  console.error("this is a bug in fairlead: please report it with the lines above");
}
