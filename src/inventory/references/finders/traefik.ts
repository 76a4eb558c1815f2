import { valueAt } from "../../../field/index.ts";
import { textAt } from "../../read/index.ts";
import { eachAt, type Finder, type Found, type Keys, namespacePart, portPart } from "./found.ts";

/** The Services of an IngressRoute, for HTTP, TCP and UDP. */
export const inIngressRoute: Finder = function* (route) {
  for (const { at } of eachAt(route, ["spec", "routes"])) yield* listAt(route, [...at, "services"]);
};

/** Where a TraefikService lists what it distributes requests to. */
const LISTS: readonly Keys[] = [
  ["spec", "weighted", "services"],
  ["spec", "highestRandomWeight", "services"],
  ["spec", "mirroring", "mirrors"],
];

/** The Services that a TraefikService distributes requests to, or mirrors them to. */
export const inTraefikService: Finder = function* (service) {
  yield* serviceAt(service, ["spec", "mirroring"]);
  for (const keys of LISTS) yield* listAt(service, keys);
};

/** The Service of a Middleware that serves the pages of errors. */
export const inMiddleware: Finder = (middleware) => serviceAt(middleware, ["spec", "errors", "service"]);

function* listAt(object: unknown, keys: Keys): Generator<Found> {
  for (const { at } of eachAt(object, keys)) yield* serviceAt(object, at);
}

/** A name with `@` is of what another provider of Traefik knows, such as `api@internal`. */
function* serviceAt(object: unknown, at: Keys): Generator<Found> {
  const item = valueAt(object, at);
  const service = textAt(item, ["name"]);
  if (service === undefined || service.includes("@") || (textAt(item, ["kind"]) ?? "Service") !== "Service") return;
  yield {
    keys: [...at, "name"],
    to: { service, ...namespacePart(item, "namespace") },
    ...portPart(item, at, ["port"]),
  };
}
