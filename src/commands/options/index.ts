/** The options that several commands have in common: added to a command, and read. */
export { addOption } from "./add-option.ts";
export { textOf, today } from "./option-values.ts";
