import { join } from "node:path";

/** The project's folder. */
export const ROOT = join(import.meta.dirname, "..");

/** The command as built. */
export const CLI = join(ROOT, "dist", "cli.js");
