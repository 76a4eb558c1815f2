import type { SchemaNode } from "#src/service/schema/schema.ts";

/** What a field of some name holds where it is good; any other text is its field's name and a number. */
const GOOD: Readonly<Record<string, (i: number) => unknown>> = {
  port: (i) => (i % 65_535) + 1,
  nodePort: (i) => (i % 2768) + 30_000,
  targetPort: (i) => (i % 65_535) + 1,
  name: (i) => `n${i}`,
  protocol: (i) => ["TCP", "UDP", "SCTP"][Math.floor(i / 65_535) % 3],
  appProtocol: () => "http",
  externalIPs: (i) => `198.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`,
  clusterIPs: (i) => `10.96.${(i >> 8) & 255}.${i & 255}`,
  ipFamilies: (i) => (i % 2 === 0 ? "IPv4" : "IPv6"),
  loadBalancerSourceRanges: (i) => `10.${(i >> 8) & 255}.${i & 255}.0/24`,
  ip: (i) => `203.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`,
  ipMode: () => "VIP",
  hostname: (i) => `h${i}.example.com`,
  finalizers: (i) => `example.com/f${i}`,
  apiVersion: () => "v1",
  operation: () => "Update",
  fieldsType: () => "FieldsV1",
  fieldsV1: () => ({ "f:spec": { "f:type": {} } }),
};

/** A good value of a node of the schema, another one for each number. */
export function goodValue(node: SchemaNode, name: string, i: number): unknown {
  const known = GOOD[name];
  if (known !== undefined && node.type !== "object" && node.type !== "list") return known(i);
  switch (node.type) {
    case "text":
      return `${name}-${i}`;
    case "boolean":
      return false;
    case "int32":
    case "int64":
    case "intOrString":
      return 1;
    case "time":
    case "optionalTime":
    case "nullableTime":
      return "2026-01-01T00:00:00Z";
    case "raw":
    case "map":
      return {};
    case "list":
      return [goodValue(node.items, name, i)];
    case "object":
      return Object.fromEntries(
        Object.entries(node.fields).map(([field, inner]) => [field, goodValue(inner, field, i)]),
      );
  }
}
