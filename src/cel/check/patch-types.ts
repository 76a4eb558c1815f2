import { DYN, type Fields, objectType, STRING, type Type, type TypeProvider } from "../types/index.ts";

/** The API server knows every field of a `JSONPatch`, but has no type for those that there are not: nothing but a dyn fits it. */
const NO_TYPE = objectType("");

const JSON_PATCH: ReadonlyMap<string, Type> = new Map([
  ["op", STRING],
  ["from", STRING],
  ["path", STRING],
  ["value", DYN],
]);

const JSON_PATCH_FIELDS: Fields = { get: (field) => JSON_PATCH.get(field) ?? NO_TYPE, keys: () => JSON_PATCH.keys() };

const OBJECT_FIELDS: Fields = { get: () => DYN, keys: () => [].values() };

/**
 * The types of a MutatingAdmissionPolicy beside those that are given: `JSONPatch`, and `Object`, `Object.spec` and so on, which have
 * whatever field (apiserver: `pkg/cel/mutation`).
 */
export function withPatchTypes(types: TypeProvider): TypeProvider {
  return {
    fieldsOf: (type) => {
      if (type === "JSONPatch") return JSON_PATCH_FIELDS;
      return type === "Object" || type.startsWith("Object.") ? OBJECT_FIELDS : types.fieldsOf(type);
    },
  };
}
