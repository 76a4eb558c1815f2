/** How functions are declared. */
export * from "./declaration.ts";
