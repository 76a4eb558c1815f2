/** Markdown as elements of the page. */
export { link, markdown } from "./markdown.ts";
