/** How much work an evaluation may be. */
export { Cancelled, spend, withEffort } from "./effort.ts";
