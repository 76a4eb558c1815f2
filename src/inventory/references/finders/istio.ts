import { valueAt } from "../../../field/index.ts";
import { textAt } from "../../read/index.ts";
import { eachAt, type Finder, type Found, type FoundService, type Keys, portPart } from "./found.ts";

/** The destinations of a VirtualService, and where it mirrors requests to. */
export const inVirtualService: Finder = function* (virtual) {
  for (const protocol of ["http", "tcp", "tls"]) {
    for (const rule of eachAt(virtual, ["spec", protocol])) {
      for (const route of eachAt(rule.item, ["route"]))
        yield* destinationAt(virtual, [...rule.at, ...route.at, "destination"]);
      yield* destinationAt(virtual, [...rule.at, "mirror"]);
      for (const mirror of eachAt(rule.item, ["mirrors"]))
        yield* destinationAt(virtual, [...rule.at, ...mirror.at, "destination"]);
    }
  }
};

/** The host whose traffic a DestinationRule is about. */
export const inDestinationRule: Finder = (rule) => destinationAt(rule, ["spec"]);

function* destinationAt(object: unknown, at: Keys): Generator<Found> {
  const destination = valueAt(object, at);
  const to = serviceOfHost(textAt(destination, ["host"]) ?? "");
  if (to !== undefined) yield { keys: [...at, "host"], to, ...portPart(destination, at, ["port", "number"]) };
}

const SERVICE_HOST = /^([^.*]+)\.([^.*]+)\.svc(?:\.cluster\.local)?\.?$/;

/**
 * The Service that a host stands for; undefined for one that may be anything else. A short name is that of a Service in the namespace
 * of the object; any name with a dot is complete to Istio, and one that does not end in `svc.cluster.local` may be of a
 * ServiceEntry: `reviews.default` could as well be a domain.
 */
function serviceOfHost(host: string): FoundService | undefined {
  const [, service, namespace] = SERVICE_HOST.exec(host) ?? [];
  if (service !== undefined && namespace !== undefined) return { service, namespace };
  return /^[^.*:/]+$/.test(host) ? { service: host } : undefined;
}
