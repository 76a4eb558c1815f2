import { isObject, type JsonObject } from "#src/field/json.ts";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import { decode } from "#src/service/decode/decode.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import type { Draws } from "../draws.ts";
import { copy, mutate, put } from "./json.ts";
import { REVIEW_SEEDS } from "./seeds.ts";
import { drawService } from "./service.ts";
import { ANY } from "./values.ts";

const USERS = [
  { username: "jo", groups: ["developers", "system:authenticated"] },
  { username: "system:serviceaccount:kube-system:namespace-controller", groups: ["system:serviceaccounts"] },
  { username: "admin", groups: ["system:masters"] },
  { username: "__proto__", groups: ["constructor"] },
  {},
];

/** An AdmissionReview: a recorded one, or one about generated Services; most are well-formed. */
export function drawReview(draws: Draws): JsonObject {
  const review = draws.oneIn(5) ? seed(draws) : fresh(draws);
  if (draws.oneIn(5)) mutate(draws, review, draws.between(1, 3));
  return review;
}

function seed(draws: Draws): JsonObject {
  const parsed: unknown = JSON.parse(draws.pick(REVIEW_SEEDS));
  if (!isObject(parsed)) return {};
  if (draws.oneIn(2)) mutate(draws, parsed["request"], draws.between(1, 3));
  return parsed;
}

function fresh(draws: Draws): JsonObject {
  const operation = draws.pick(["CREATE", "CREATE", "CREATE", "UPDATE", "UPDATE", "UPDATE", "DELETE", "CONNECT"]);
  const object = operation === "DELETE" ? null : draws.oneIn(2) ? drawService(draws) : defaulted(drawService(draws));
  const request: JsonObject = {
    uid: draws.oneIn(50) ? copy(draws.pick(ANY)) : "705ab4f5-6393-11e8-b7cc-42010a800002",
    kind: { group: "", version: "v1", kind: "Service" },
    resource: { group: "", version: "v1", resource: "services" },
    operation,
    name: "web",
    namespace: draws.pick(["default", "team-a", "team-a", "kube-system", ""]),
    userInfo: copy(draws.pick(USERS)),
    object,
    oldObject: operation === "CREATE" ? null : oldOf(draws, object),
    dryRun: draws.oneIn(4),
  };
  if (draws.oneIn(8)) put(request, "subResource", draws.pick(["status", "proxy", "scale"]));
  return { kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1", request };
}

/** The Service as an API server sends it to mutating admission: with its static defaults. */
function defaulted(object: JsonObject): unknown {
  const { service } = decode(object);
  return service === undefined ? object : JSON.parse(JSON.stringify(applyStaticDefaults(service, NEWEST_KNOWN)));
}

/** The stored Service before the request: a different one, or the same with or without a change. */
function oldOf(draws: Draws, object: unknown): unknown {
  if (!isObject(object) || draws.oneIn(3)) return drawService(draws);
  const old: unknown = JSON.parse(JSON.stringify(object));
  if (!draws.oneIn(3)) mutate(draws, old, draws.between(1, 3));
  return old;
}
