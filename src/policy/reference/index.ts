/** The generated reference: JSON Schema, CustomResourceDefinition, pages of rules. */
export { rulePage } from "./rule-page.ts";
