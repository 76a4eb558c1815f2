/** Where objects name Services, by their kinds. */
export type { Found } from "./found.ts";
export { referrerOf } from "./kinds.ts";
