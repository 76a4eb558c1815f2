/** The readers of annotations, one table for each. */
export { READERS } from "./all-readers.ts";
