/** The values of CEL, and what holds for all of them. */
export * from "./bytes.ts";
export * from "./uint.ts";
export * from "./value.ts";
