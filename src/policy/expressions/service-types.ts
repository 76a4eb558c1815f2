import type { ObjectTypes } from "../../cel/environment/index.ts";
import { BOOL, DYN, INT, listType, mapType, objectType, STRING, type Type } from "../../cel/types/index.ts";
import { type SchemaNode, SERVICE_SCHEMA } from "../../service/schema/index.ts";

/** The type of `object` and `oldObject` in the policies of a team, which are about Services only. */
export const SERVICE_TYPE = objectType("Service");

/** The types of a Service and of the objects in it, from the table of its fields. */
export const SERVICE_TYPES: ObjectTypes = typesOf(SERVICE_SCHEMA, SERVICE_TYPE.name);

function typesOf(root: SchemaNode, name: string): ObjectTypes {
  const types = new Map<string, ReadonlyMap<string, Type>>();
  const typeOf = (node: SchemaNode, path: string): Type => {
    switch (node.type) {
      // Kubernetes hands times to expressions as they are in JSON.
      case "text":
      case "time":
      case "optionalTime":
      case "nullableTime":
        return STRING;
      case "boolean":
        return BOOL;
      case "int32":
      case "int64":
        return INT;
      case "intOrString":
      case "raw":
        return DYN;
      case "list":
        return listType(typeOf(node.items, path));
      case "map":
        return mapType(STRING, STRING);
      case "object":
        types.set(
          path,
          new Map(Object.entries(node.fields).map(([field, inner]) => [field, typeOf(inner, `${path}.${field}`)])),
        );
        return objectType(path);
    }
  };
  typeOf(root, name);
  return types;
}
