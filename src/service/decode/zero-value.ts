import type { SchemaNode } from "../schema/index.ts";

/** The zero value that Go decodes from a null. */
export function zeroOf(node: SchemaNode): unknown {
  switch (node.type) {
    case "text":
      return "";
    case "boolean":
      return false;
    case "int32":
    case "int64":
    case "intOrString":
      return 0;
    case "object":
    case "map":
      return {};
    case "list":
      return [];
    case "nullableTime":
      return null;
    case "time":
    case "optionalTime":
    case "raw":
      return undefined;
  }
}
