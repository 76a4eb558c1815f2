/** The generated reference: JSON Schema, CustomResourceDefinition, documentation of the rules. */
export { ruleText, type TextLayout } from "./rule-text.ts";
