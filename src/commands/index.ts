/** The commands, one file each, and their table. */
export { COMMANDS } from "./commands.ts";
