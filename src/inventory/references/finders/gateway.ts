import { type JsonObject, valueAt } from "../../../field/index.ts";
import { textAt } from "../../read/index.ts";
import { eachAt, type Finder, type Found, type Keys, namespacePart, portPart } from "./found.ts";

/** The filters of a rule or a backend that send requests to a Service, by their type: where each names it. */
const FILTERS: Readonly<Record<string, string>> = { RequestMirror: "requestMirror", ExternalAuth: "externalAuth" };

/**
 * What the routes of the Gateway API name: the backends of their rules and of the filters there; and a Service as their parent, whose
 * clients a route of a mesh is for. A route of a mesh alone needs no grants (kubernetes-sigs/gateway-api `geps/gep-1294`).
 */
export const inRoute: Finder = function* (route) {
  let needsGrant = false;
  let hasParents = false;
  for (const { item, at } of eachAt(route, ["spec", "parentRefs"])) {
    hasParents = true;
    // Left out, the kind is Gateway and the group its own: a Service has to say that it is of the core.
    if (textAt(item, ["kind"]) === "Service" && valueAt(item, ["group"]) === "") yield* referenceIn(item, at);
    else needsGrant = true;
  }
  for (const found of backendsIn(route)) yield needsGrant || !hasParents ? { ...found, needsGrant: true } : found;
};

function* backendsIn(route: JsonObject): Generator<Found> {
  for (const rule of eachAt(route, ["spec", "rules"])) {
    yield* filtersOf(rule.item, rule.at);
    for (const backend of eachAt(rule.item, ["backendRefs"])) {
      const at = [...rule.at, ...backend.at];
      yield* backendIn(backend.item, at);
      yield* filtersOf(backend.item, at);
    }
  }
}

function* filtersOf(item: JsonObject, at: Keys): Generator<Found> {
  for (const filter of eachAt(item, ["filters"])) {
    const type = textAt(filter.item, ["type"]) ?? "";
    const field = Object.hasOwn(FILTERS, type) ? FILTERS[type] : undefined;
    if (field === undefined) continue;
    const keys = [field, "backendRef"];
    yield* backendIn(valueAt(filter.item, keys), [...at, ...filter.at, ...keys]);
  }
}

/** A backend is a Service unless it says something else. */
function* backendIn(backend: unknown, at: Keys): Generator<Found> {
  if ((textAt(backend, ["kind"]) ?? "Service") !== "Service" || textAt(backend, ["group"]) !== undefined) return;
  yield* referenceIn(backend, at);
}

function* referenceIn(item: unknown, at: Keys): Generator<Found> {
  const service = textAt(item, ["name"]);
  if (service === undefined) return;
  yield {
    keys: [...at, "name"],
    to: { service, ...namespacePart(item, "namespace") },
    ...portPart(item, at, ["port"]),
  };
}
