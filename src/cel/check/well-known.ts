import type { Kind, Type } from "../types/index.ts";

/** The messages of protocol buffers that are values of other kinds in CEL. */
const WELL_KNOWN: Partial<Record<Kind, string>> = {
  duration: "google.protobuf.Duration",
  timestamp: "google.protobuf.Timestamp",
  dyn: "google.protobuf.Value",
  null: "google.protobuf.NullValue",
};

/**
 * The name whose fields a struct expression of a type gives; undefined if there are no such expressions of the type (cel-go:
 * `getWellKnownTypeName`).
 */
export function messageTypeName(type: Type): string | undefined {
  const [first, second] = type.parameters;
  if (type.kind === "object") return type.name;
  if (type.kind === "list" && first?.kind === "dyn") return "google.protobuf.ListValue";
  if (type.kind === "map" && first?.kind === "string" && second?.kind === "dyn") return "google.protobuf.Struct";
  return WELL_KNOWN[type.kind];
}
