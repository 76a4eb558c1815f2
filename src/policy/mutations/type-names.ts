import { List, MapValue, StructValue, type Value } from "../../cel/values/index.ts";

/**
 * What is wrong with the names of the types in an object: what stands in the field `spec` of an `Object` must be an
 * `Object.spec`, and so on; lists and maps between them have no name. Source: `CheckTypeNamesMatchFieldPathNames` of the API server.
 */
export function typeNameProblems(object: StructValue): readonly string[] {
  return problemsAt(object, object.type.name);
}

function problemsAt(value: Value, name: string): readonly string[] {
  if (value instanceof StructValue) {
    const own = value.type.name;
    const wrong = `unexpected type name ${JSON.stringify(own)}, expected ${JSON.stringify(name)}, which matches field name path from root Object type`;
    const inner = [...value.fields].flatMap(([field, member]) => problemsAt(member, `${name}.${field}`));
    return own === name ? inner : [wrong, ...inner];
  }
  if (value instanceof List) {
    return Array.from({ length: value.size }, (_, i) => value.at(i)).flatMap((item) => problemsAt(item, name));
  }
  if (!(value instanceof MapValue)) return [];
  return [...value.keys()].flatMap((key) => {
    const member = value.get(key);
    return member instanceof StructValue ? problemsAt(member, name) : [];
  });
}
