import { expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { entriesOf } from "#src/inventory/extract/entries-of.ts";
import { NEEDS } from "#src/inventory/model/view.ts";
import { referencesIn } from "#src/inventory/references/references-in.ts";
import { faultOf } from "#src/inventory/references/resolve.ts";
import { Inventory } from "#src/inventory/store/inventory.ts";
import { made } from "./rows.ts";

/** What is wrong with each reference of the object, in short, with these objects around it. */
function faults(object: JsonObject, others: readonly JsonObject[]): readonly string[] {
  const inventory = new Inventory(true, new Set(NEEDS));
  for (const [index, other] of others.entries())
    inventory.set(String(index), entriesOf(other, { namespace: "default" }) ?? {});
  return referencesIn(object, { namespace: "default" }).map((reference) => {
    const fault = faultOf(reference, inventory.view());
    return fault === undefined ? "whole" : fault.says === "no-port" ? `no-port of ${fault.ports}` : fault.says;
  });
}

const NAMED = { ports: [{ name: "http", port: 80, targetPort: 8080 }] };
const TWO = {
  ports: [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "dns", port: 53, protocol: "UDP" },
  ],
};

function service(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return made("v1", "Service", spec, { name: "web", ...metadata });
}

function ingress(port: JsonObject, metadata: JsonObject = {}): JsonObject {
  return made("networking.k8s.io/v1", "Ingress", { defaultBackend: { service: { name: "web", port } } }, metadata);
}

function route(backend: JsonObject, metadata: JsonObject = {}): JsonObject {
  const spec = { rules: [{ backendRefs: [{ name: "web", port: 80, ...backend }] }] };
  return made("gateway.networking.k8s.io/v1", "HTTPRoute", spec, metadata);
}

function grant(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  const from = [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "edge" }];
  const to = [{ group: "", kind: "Service" }];
  return made("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", { from, to, ...spec }, metadata);
}

function openShift(targetPort: unknown): JsonObject {
  return made("route.openshift.io/v1", "Route", { to: { kind: "Service", name: "web" }, port: { targetPort } });
}

function monitor(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  const common = { selector: { matchLabels: { app: "web" } }, endpoints: [{ port: "http" }] };
  return made("monitoring.coreos.com/v1", "ServiceMonitor", { ...common, ...spec }, metadata);
}

const SET = made("apps/v1", "StatefulSet", { serviceName: "web" });
const OPEN = { namespace: undefined };
const EDGE = { namespace: "edge" };
const APP = { labels: { app: "web" } };

interface Row {
  readonly what: string;
  readonly object: JsonObject;
  readonly others: readonly JsonObject[];
  readonly says: readonly string[];
}

const SERVICES: readonly Row[] = [
  { what: "no Service at all", object: ingress({ number: 80 }), others: [], says: ["no-service"] },
  {
    what: "a Service of the same name elsewhere",
    object: ingress({ number: 80 }),
    others: [service(NAMED, { namespace: "pay" })],
    says: ["no-service"],
  },
  { what: "the port by number", object: ingress({ number: 80 }), others: [service(NAMED)], says: ["whole"] },
  { what: "the port by name", object: ingress({ name: "http" }), others: [service(NAMED)], says: ["whole"] },
  { what: "no port", object: ingress({}), others: [service(NAMED)], says: ["whole"] },
  {
    what: "another number",
    object: ingress({ number: 8080 }),
    others: [service(TWO)],
    says: ["no-port of 80/TCP (http), 53/UDP (dns)"],
  },
  {
    what: "another name",
    object: ingress({ name: "web" }),
    others: [service({ ports: [{ port: 80 }] })],
    says: ["no-port of 80/TCP"],
  },
  {
    what: "any number of an ExternalName",
    object: ingress({ number: 443 }),
    others: [service({ type: "ExternalName", externalName: "example.com" })],
    says: ["whole"],
  },
  {
    what: "a name of an ExternalName",
    object: ingress({ name: "https" }),
    others: [service({ type: "ExternalName", externalName: "example.com" })],
    says: ["no-port of none"],
  },
  {
    what: "any number of a headless Service without ports",
    object: ingress({ number: 443 }),
    others: [service({ clusterIP: "None" })],
    says: ["whole"],
  },
  {
    what: "another number of a headless Service with ports",
    object: ingress({ number: 443 }),
    others: [service({ ...NAMED, clusterIP: "None" })],
    says: ["no-port of 80/TCP (http)"],
  },
  { what: "a headless Service", object: SET, others: [service({ clusterIP: "None" })], says: ["whole"] },
  { what: "a Service that is not headless", object: SET, others: [service(NAMED)], says: ["not-headless"] },
];

const OPEN_NAMESPACES: readonly Row[] = [
  {
    what: "a Service of an open namespace",
    object: ingress({ number: 80 }),
    others: [service(NAMED, OPEN)],
    says: ["whole"],
  },
  {
    what: "an open namespace, and a Service of another",
    object: ingress({ number: 80 }, OPEN),
    others: [service(NAMED)],
    says: ["whole"],
  },
  {
    what: "an open namespace, and a Service without the port",
    object: ingress({ number: 81 }, OPEN),
    others: [service(NAMED)],
    says: ["no-port of 80/TCP (http)"],
  },
  {
    what: "several Services that may be meant, one with the port",
    object: ingress({ number: 81 }, OPEN),
    others: [service(NAMED), service({ ports: [{ port: 81 }] }, { namespace: "pay" })],
    says: ["whole"],
  },
  {
    what: "an open namespace does not open that which is named",
    object: route({ namespace: "pay" }, OPEN),
    others: [service(NAMED)],
    says: ["no-service"],
  },
];

const GRANTS: readonly Row[] = [
  { what: "a route in the namespace", object: route({}), others: [service(NAMED)], says: ["whole"] },
  {
    what: "a route of another namespace",
    object: route({ namespace: "shop" }, EDGE),
    others: [service(NAMED)],
    says: ["not-granted"],
  },
  {
    what: "a route of another namespace that names no Service",
    object: route({ namespace: "shop", name: "no" }, EDGE),
    others: [service(NAMED)],
    says: ["no-service"],
  },
  {
    what: "a route with a grant",
    object: route({ namespace: "shop" }, EDGE),
    others: [service(NAMED), grant({})],
    says: ["whole"],
  },
  ...Object.entries<JsonObject>({
    "for this Service": { to: [{ group: "", kind: "Service", name: "web" }] },
    "for this Service and others": {
      to: [
        { kind: "Service", name: "api" },
        { kind: "Service", name: "web" },
      ],
    },
  }).map(([what, spec]) => ({
    what: `a route with a grant ${what}`,
    object: route({ namespace: "shop" }, EDGE),
    others: [service(NAMED), grant(spec)],
    says: ["whole"],
  })),
  ...Object.entries<readonly [JsonObject, JsonObject?]>({
    "for another Service": [{ to: [{ group: "", kind: "Service", name: "api" }] }],
    "for Secrets": [{ to: [{ group: "", kind: "Secret" }] }],
    "for a Service of another group": [{ to: [{ group: "example.com", kind: "Service" }] }],
    "from another namespace": [{ from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "x" }] }],
    "from another kind": [{ from: [{ group: "gateway.networking.k8s.io", kind: "GRPCRoute", namespace: "edge" }] }],
    "from another group": [{ from: [{ group: "", kind: "HTTPRoute", namespace: "edge" }] }],
    "in another namespace": [{}, EDGE],
  }).map(([what, [spec, metadata]]) => ({
    what: `a route with a grant ${what}`,
    object: route({ namespace: "shop" }, EDGE),
    others: [service(NAMED), grant(spec, metadata)],
    says: ["not-granted"],
  })),
  {
    what: "a grant of an open namespace",
    object: route({ namespace: "shop" }, EDGE),
    others: [service(NAMED), grant({}, OPEN)],
    says: ["whole"],
  },
  {
    what: "a route of an open namespace, which may be the same",
    object: route({ namespace: "shop" }, OPEN),
    others: [service(NAMED)],
    says: ["whole"],
  },
  {
    what: "a webhook of any namespace, which needs none",
    object: {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "it" },
      webhooks: [{ clientConfig: { service: { name: "web", namespace: "shop" } } }],
    },
    others: [service(NAMED)],
    says: ["no-port of 80/TCP (http)"],
  },
];

const OPENSHIFT: readonly Row[] = [
  { what: "the name of a Service's port", object: openShift("http"), others: [service(NAMED)], says: ["whole"] },
  { what: "the number of a container's port", object: openShift(8080), others: [service(NAMED)], says: ["whole"] },
  { what: "the number as text", object: openShift("8080"), others: [service(NAMED)], says: ["whole"] },
  {
    what: "the number of the Service's port, which is another",
    object: openShift(80),
    others: [service({ ...NAMED, selector: { app: "web" } })],
    says: ["no-port of 80/TCP (http)"],
  },
  {
    what: "the number of a port that is the container's, too",
    object: openShift(80),
    others: [service({ selector: { app: "web" }, ports: [{ port: 80 }] })],
    says: ["whole"],
  },
  {
    what: "a number, where the containers name the port",
    object: openShift(8080),
    others: [service({ selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] })],
    says: ["whole"],
  },
  {
    what: "a number, where somebody else writes the endpoints",
    object: openShift(1234),
    others: [service({ ports: [{ port: 80 }] })],
    says: ["whole"],
  },
  {
    what: "the name of a container's port",
    object: openShift("metrics"),
    others: [service({ ports: [{ port: 80, targetPort: "metrics" }] })],
    says: ["no-port of 80/TCP"],
  },
];

const MONITORS: readonly Row[] = [
  {
    what: "no Service with the labels: found once",
    object: monitor({}),
    others: [service(NAMED)],
    says: ["no-service", "whole"],
  },
  { what: "a Service", object: monitor({}), others: [service(NAMED, APP)], says: ["whole", "whole"] },
  {
    what: "a Service of another namespace",
    object: monitor({}),
    others: [service(NAMED, { ...APP, namespace: "pay" })],
    says: ["no-service", "whole"],
  },
  {
    what: "a Service of a namespace that is listed",
    object: monitor({ namespaceSelector: { matchNames: ["pay"] } }),
    others: [service(NAMED, { ...APP, namespace: "pay" })],
    says: ["whole", "whole"],
  },
  {
    what: "a Service of any namespace",
    object: monitor({ namespaceSelector: { any: true } }),
    others: [service(NAMED, { ...APP, namespace: "pay" })],
    says: ["whole", "whole"],
  },
  {
    what: "an open namespace",
    object: monitor({}, OPEN),
    others: [service(NAMED, APP)],
    says: ["whole", "whole"],
  },
  {
    what: "a Service of an open namespace",
    object: monitor({}),
    others: [service(NAMED, { ...APP, ...OPEN })],
    says: ["whole", "whole"],
  },
  {
    what: "Services without the port",
    object: monitor({ endpoints: [{ port: "metrics" }, { port: "http" }] }),
    others: [service(NAMED, APP), service({ ports: [{ name: "grpc", port: 90 }] }, { ...APP, name: "api" })],
    says: ["whole", "no-port of 80/TCP (http), 90/TCP (grpc)", "whole"],
  },
  {
    what: "expressions",
    object: monitor({ selector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] } }),
    others: [service(NAMED, APP)],
    says: ["no-service", "whole"],
  },
];

it.each<Row>([...SERVICES, ...OPEN_NAMESPACES, ...GRANTS, ...OPENSHIFT, ...MONITORS])(
  "$what",
  ({ object, others, says }) => {
    expect(faults(object, others)).toEqual(says);
  },
);
