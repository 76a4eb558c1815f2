import { isObject, Path } from "../../field/index.ts";
import type { Findings } from "../findings/index.ts";
import type { MessageFacts } from "../messages/index.ts";
import { canonicalTime, INT32, type SchemaNode, SERVICE_SCHEMA } from "../schema/index.ts";
import { entryFacts } from "./unknown-field.ts";

/**
 * Reports every value of a wrong type or format, in the order of the schema, in a value that does not have the structure
 * of a Service. Needed because the validation by the compiled schema stops at the first: there may be a million.
 * @param normal the value in the API server's own form
 */
export function addStructureProblems(normal: unknown, problems: Findings): void {
  check(SERVICE_SCHEMA, normal, Path.root, problems);
}

function check(node: SchemaNode, value: unknown, path: Path, problems: Findings): void {
  switch (node.type) {
    case "list":
      if (!Array.isArray(value)) break;
      for (let index = 0; index < value.length && !problems.canStop; index++) {
        problems.checkpoint();
        check(node.items, value[index], path.index(index), problems);
      }
      return;
    case "map":
      if (!isObject(value)) break;
      for (const key of Object.keys(value)) {
        problems.checkpoint();
        if (problems.canStop) return;
        if (typeof value[key] === "string") continue;
        problems.add("wrong-type", path.key(key), value[key], () => ({
          ...EXPECTED_TYPES.text,
          ...entryFacts(path, key),
        }));
      }
      return;
    case "object":
      if (!isObject(value)) break;
      for (const name of node.names) {
        const [field, member] = [node.fields[name], value[name]];
        if (field !== undefined && member !== undefined) check(field, member, path.child(name), problems);
      }
      return;
    case "time":
    case "optionalTime":
    case "nullableTime":
      if (value === null && node.type !== "time") return;
      if (typeof value !== "string") break;
      if (canonicalTime(value) === undefined) problems.add("wrong-time", path, value);
      return;
    case "int32":
    case "int64":
    case "intOrString":
      checkNumber(node, value, path, problems);
      return;
    case "text":
      if (typeof value === "string") return;
      break;
    case "boolean":
      if (typeof value === "boolean") return;
      break;
    case "raw":
      return;
  }
  addWrongType(node, value, path, problems);
}

/** A number with a fraction may also be out of range: then there are two findings. */
function checkNumber(node: SchemaNode, value: unknown, path: Path, problems: Findings): void {
  if (typeof value === "string" && node.type === "intOrString") return;
  if (!Number.isInteger(value)) addWrongType(node, value, path, problems);
  if (node.type === "int64" || typeof value !== "number" || !Number.isFinite(value)) return;
  if (value < INT32.minimum || value > INT32.maximum) problems.add("not-int32", path, value);
}

function addWrongType(node: SchemaNode, value: unknown, path: Path, problems: Findings): void {
  problems.add("wrong-type", path, value, EXPECTED_TYPES[node.type]);
}

/** The expected types, for the message. */
const EXPECTED_TYPES = {
  text: { want: "string" },
  time: { want: "string" },
  optionalTime: { want: "string" },
  nullableTime: { want: "string" },
  int32: { want: "whole number" },
  int64: { want: "whole number" },
  intOrString: { want: "whole number or string" },
  list: { want: "list" },
  boolean: { want: "boolean" },
  object: { want: "object" },
  map: { want: "object" },
  raw: { want: "object" },
} as const satisfies Record<SchemaNode["type"], MessageFacts>;
