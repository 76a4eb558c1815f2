import { valueAt } from "../../../field/index.ts";
import { textAt } from "../../read/index.ts";
import { eachAt, type Finder, type Found, type Keys, portPart } from "./found.ts";

/** How an API version spells a backend. */
interface Spelling {
  readonly fallback: string;
  readonly service: Keys;
  readonly ports: readonly Keys[];
}

const CURRENT: Spelling = {
  fallback: "defaultBackend",
  service: ["service", "name"],
  ports: [
    ["service", "port", "number"],
    ["service", "port", "name"],
  ],
};

/** `extensions/v1beta1` and `networking.k8s.io/v1beta1`. */
const BETA: Spelling = { fallback: "backend", service: ["serviceName"], ports: [["servicePort"]] };

/**
 * With this as the name of its port, a backend is no Service to the AWS Load Balancer Controller but an action that an
 * annotation describes.
 */
const ACTION_PORT = "use-annotation";

/** The backends of an Ingress, in its current and its older form. A `resource` backend names no Service. */
export const inIngress: Finder = function* (ingress) {
  for (const spelling of [CURRENT, BETA]) {
    yield* backendAt(ingress, ["spec", spelling.fallback], spelling);
    for (const rule of eachAt(ingress, ["spec", "rules"])) {
      for (const path of eachAt(rule.item, ["http", "paths"]))
        yield* backendAt(ingress, [...rule.at, ...path.at, "backend"], spelling);
    }
  }
};

function* backendAt(ingress: unknown, at: Keys, { service: key, ports }: Spelling): Generator<Found> {
  const backend = valueAt(ingress, at);
  const service = textAt(backend, key);
  const port = portPart(backend, at, ...ports);
  if (service !== undefined && port.port !== ACTION_PORT) yield { keys: [...at, ...key], to: { service }, ...port };
}
