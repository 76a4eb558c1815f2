/** From JSON to a Service: unknown keys, duplicate keys, wrong types. */
export { decode } from "./decode.ts";
export { type FieldValidation, readService, type RepeatedField, type WriteMethod } from "./read.ts";
export { sparseSpec } from "./whole-spec.ts";
