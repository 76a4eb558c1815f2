/** Help for what is at a place of the text. */
export { hoverAt } from "./hover.ts";
