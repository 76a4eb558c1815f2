import { CLEANUP_CONTROLLERS, defineRule, surroundingsOf } from "../kit/index.ts";
import { BROKEN_MESSAGES, brokenReferences } from "./broken-references.ts";
import { checkReference, REFERENCE_MESSAGES } from "./check-reference.ts";

const INGRESS = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { namespace: "team-a", name: "web" },
  spec: { defaultBackend: { service: { name: "web", port: { name: "http" } } } },
};

const STATEFUL_SET = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { namespace: "team-a", name: "db" },
  spec: { serviceName: "web" },
};

const MONITOR = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { namespace: "team-a", name: "web" },
  spec: { selector: { matchLabels: { app: "web" } }, endpoints: [{ port: "http" }] },
};

const ROUTE = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { namespace: "team-b", name: "web" },
  spec: { rules: [{ backendRefs: [{ namespace: "team-a", name: "web", port: 80 }] }] },
};

const HTTP = { ports: [{ name: "http", port: 80 }] };
const RENAMED = { ports: [{ name: "web", port: 80 }] };

export const referencesResolve = defineRule({
  meta: {
    id: "references-resolve",
    title: "What names a Service finds it, and the port",
    fault: "an object names a Service or a port that is not there",
    why: "Nothing checks that an Ingress, a route or a monitor names a Service that exists, and a port that it has: the API server accepts both sides, and requests fail.",
    group: "consistency",
    operations: ["update", "delete"],
    needs: ["services", "references"],
  },
  parameters: {},
  messages: { ...BROKEN_MESSAGES, ...REFERENCE_MESSAGES },
  check: () => (service, context) => {
    const around = surroundingsOf(service, context);
    if (around === undefined) return [];
    const { operation, facts } = context;
    if (operation === "delete") {
      if (facts.user !== undefined && CLEANUP_CONTROLLERS.includes(facts.user.name)) return [];
      return brokenReferences(around.service, undefined, around.inventory);
    }
    return around.old === undefined ? [] : brokenReferences(around.old, around.service, around.inventory);
  },
  checkReference,
  cel: { cannot: "an expression sees one object, not those that name it" },
  examples: {
    good: [
      {
        name: "a port is added",
        operation: "update",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: HTTP },
        spec: {
          ports: [
            { name: "http", port: 80 },
            { name: "admin", port: 8080 },
          ],
        },
        others: [INGRESS],
      },
      {
        name: "a port is renamed that an Ingress names by its number",
        operation: "update",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: HTTP },
        spec: RENAMED,
        others: [{ ...INGRESS, spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } } }],
      },
      {
        name: "the Ingress named a port that was not there before, either",
        operation: "update",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: { ports: [{ name: "other", port: 80 }] } },
        spec: RENAMED,
        others: [INGRESS],
      },
      {
        name: "a Service that nothing names is deleted",
        operation: "delete",
        metadata: { name: "shop" },
        old: { metadata: { name: "shop" } },
        others: [INGRESS],
      },
      {
        name: "the whole namespace is deleted",
        operation: "delete",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: HTTP },
        others: [INGRESS],
        user: { name: "system:serviceaccount:kube-system:namespace-controller", groups: [] },
      },
    ],
    bad: [
      {
        name: "a port is renamed that an Ingress and a ServiceMonitor name",
        operation: "update",
        metadata: { name: "web", labels: { app: "web" } },
        old: { metadata: { name: "web", labels: { app: "web" } }, spec: HTTP },
        spec: RENAMED,
        others: [INGRESS, MONITOR],
        finds: ["spec.ports", "spec.ports"],
        findsInOthers: ["spec.defaultBackend.service.port.name", "spec.endpoints[0].port"],
      },
      {
        name: "a label is removed by which a ServiceMonitor selects",
        operation: "update",
        metadata: { name: "web" },
        old: { metadata: { name: "web", labels: { app: "web" } }, spec: HTTP },
        spec: HTTP,
        others: [MONITOR],
        finds: ["metadata.labels"],
        findsInOthers: ["spec.selector"],
      },
      {
        name: "a Service is no longer headless that a StatefulSet names",
        operation: "update",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: { ...HTTP, clusterIP: "None" } },
        spec: { ...HTTP, type: "ExternalName", externalName: "db.example.com" },
        others: [STATEFUL_SET],
        finds: ["spec.clusterIP"],
        findsInOthers: ["spec.serviceName"],
      },
      {
        name: "a Service is deleted that an Ingress and a StatefulSet name",
        operation: "delete",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: { ...HTTP, clusterIP: "None" } },
        others: [INGRESS, STATEFUL_SET],
        finds: ["metadata.name", "metadata.name"],
        findsInOthers: ["spec.defaultBackend.service.name", "spec.serviceName"],
      },
      {
        name: "a Service is deleted that a ServiceMonitor selects",
        operation: "delete",
        metadata: { name: "web" },
        old: { metadata: { name: "web", labels: { app: "web" } }, spec: HTTP },
        others: [MONITOR],
        finds: ["metadata.name"],
        findsInOthers: ["spec.selector"],
      },
      {
        name: "a route of another namespace names it, and no ReferenceGrant allows that",
        operation: "update",
        metadata: { name: "web" },
        old: { metadata: { name: "web" }, spec: HTTP },
        spec: HTTP,
        others: [ROUTE],
        finds: [],
        findsInOthers: ["spec.rules[0].backendRefs[0].name"],
      },
    ],
  },
});
