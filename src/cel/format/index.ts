/** Format strings: `"%s has %d".format([name, 2])`. */
export { formatPieces, type Letter, type Piece } from "./clauses.ts";
export { type Formatter, formatter } from "./format.ts";
export { refusal } from "./refusals.ts";
