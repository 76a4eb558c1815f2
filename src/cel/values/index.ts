/** The values of CEL, and what holds for all of them. */
export * from "./value.ts";
