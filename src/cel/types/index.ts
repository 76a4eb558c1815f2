/** The types of CEL. */
export * from "./type.ts";
