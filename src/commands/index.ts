/** The commands of the CLI, one file each, and the table of them. */
export { COMMANDS } from "./commands.ts";
