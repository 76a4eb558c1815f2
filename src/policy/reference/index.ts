/** The generated reference: JSON Schema, CustomResourceDefinition, documentation of the rules. */
export { rulePage } from "./rule-page.ts";
