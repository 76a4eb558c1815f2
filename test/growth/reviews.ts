import { isObject, type JsonObject } from "#src/field/json.ts";
import type { Shape } from "./places.ts";

const metadata = { name: "web", namespace: "team-a" };
const ports = [{ name: "n0", port: 80, protocol: "TCP", targetPort: 80 }];

/** Services of each type, for something to grow in. */
export const BASES: Readonly<Record<string, JsonObject>> = {
  ClusterIP: { metadata, spec: { type: "ClusterIP", ports, externalIPs: ["198.51.100.1"] } },
  LoadBalancer: { metadata, spec: { type: "LoadBalancer", ports } },
  ExternalName: { metadata, spec: { type: "ExternalName", externalName: "db.example.com" } },
};

/** The base with so much of a shape at its place. */
export function objectWith(base: string, { keys, value }: Shape, size: number): JsonObject {
  const object = structuredClone({ apiVersion: "v1", kind: "Service", ...BASES[base] });
  return put(object, keys, value(size));
}

function put(object: JsonObject, keys: Shape["keys"], value: unknown): JsonObject {
  const changed = replaced(object, keys, value);
  return isObject(changed) ? changed : object;
}

/** The same with the value at these steps, beside what is there already. */
function replaced(there: unknown, [key, ...rest]: Shape["keys"], value: unknown): unknown {
  if (key === undefined) return isObject(value) && isObject(there) ? { ...there, ...value } : value;
  if (typeof key === "number") {
    const items: unknown[] = Array.isArray(there) ? there.map((item: unknown) => item) : [];
    items[key] = replaced(items[key], rest, value);
    return items;
  }
  const holder = isObject(there) ? there : {};
  return { ...holder, [key]: replaced(holder[key], rest, value) };
}
