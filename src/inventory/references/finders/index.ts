/** Where objects name Services, by their kinds. */
export { type Found, itemsAt, textAt } from "./found.ts";
export { referrerOf } from "./kinds.ts";
