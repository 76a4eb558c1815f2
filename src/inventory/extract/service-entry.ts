import { isObject, valueAt } from "../../field/index.ts";
import type { ServiceEntry } from "../model/index.ts";

/** The entry of a Service. @param service as JSON: a manifest, a stored object, or decoded */
export function serviceEntry(service: unknown, namespace: string): ServiceEntry {
  const name = valueAt(service, ["metadata", "name"]);
  return {
    namespace,
    name: typeof name === "string" ? name : "",
    type: isObject(service) ? "ClusterIP" : "",
    isHeadless: false,
    ports: [],
  };
}
