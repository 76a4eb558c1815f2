import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { entriesOf } from "#src/inventory/extract/entries-of.ts";
import { NEEDS } from "#src/inventory/model/view.ts";
import { referencesIn } from "#src/inventory/references/references-in.ts";
import { Inventory } from "#src/inventory/store/inventory.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { judgeManifest, manifest, policies } from "../support.ts";

const DENY = policies({ rules: [{ rule: "references-resolve", action: "deny" }] });
const HTTP = { ports: [{ name: "http", port: 80 }] };
const RENAMED = { ports: [{ name: "web", port: 81 }] };

function ingress(name: string, ...ports: readonly JsonObject[]): JsonObject {
  const paths = ports.map((port) => ({ backend: { service: { name: "shop", port } } }));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { namespace: "team-a", name },
    spec: { rules: [{ http: { paths } }] },
  };
}

const STATEFUL_SET: JsonObject = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { namespace: "team-a", name: "db" },
  spec: { serviceName: "shop" },
};

const MONITOR: JsonObject = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { namespace: "ops", name: "all" },
  spec: {
    namespaceSelector: { any: true },
    selector: { matchLabels: { app: "shop" } },
    endpoints: [{ port: "http" }],
  },
};

const WEBHOOK: JsonObject = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "hooks" },
  webhooks: [{ clientConfig: { service: { namespace: "team-a", name: "shop", port: 80 } } }],
};

const LABELLED = { labels: { app: "shop" } };

interface Row {
  readonly what: string;
  readonly old: { readonly metadata?: JsonObject; readonly spec?: JsonObject };
  /** Undefined for a deletion. */
  readonly now?: { readonly metadata?: JsonObject; readonly spec?: JsonObject };
  readonly others: readonly JsonObject[];
  readonly user?: string;
  readonly says: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    what: "an Ingress that names a port several times is named once",
    old: { spec: HTTP },
    now: { spec: RENAMED },
    others: [ingress("web", { name: "http" }, { name: "http" }, { number: 80 })],
    says: [
      "spec.ports: Ingress team-a/web names the port http, which this update takes away: the ports are then 81/TCP (web)",
      "spec.ports: Ingress team-a/web names the port 80, which this update takes away: the ports are then 81/TCP (web)",
    ],
  },
  {
    what: "every object is named",
    old: { metadata: LABELLED, spec: HTTP },
    now: { metadata: LABELLED, spec: RENAMED },
    others: [
      ingress("a", { name: "http" }),
      ingress("b", { number: 80 }),
      ingress("c", { number: 81 }),
      MONITOR,
      WEBHOOK,
    ],
    says: [
      "spec.ports: Ingress team-a/a names the port http, which this update takes away: the ports are then 81/TCP (web)",
      "spec.ports: Ingress team-a/b names the port 80, which this update takes away: the ports are then 81/TCP (web)",
      "spec.ports: ValidatingWebhookConfiguration hooks names the port 80, which this update takes away: the ports are then 81/TCP (web)",
      "spec.ports: ServiceMonitor ops/all names the port http, which this update takes away: the ports are then 81/TCP (web)",
    ],
  },
  {
    what: "an update that does not touch it breaks nothing",
    old: { spec: RENAMED },
    now: { spec: { ...RENAMED, selector: { app: "other" } } },
    others: [ingress("web", { name: "http" }), STATEFUL_SET],
    says: [],
  },
  {
    what: "labels that a ServiceMonitor selects by",
    old: { metadata: LABELLED, spec: HTTP },
    now: { metadata: { labels: { app: "other" } }, spec: HTTP },
    others: [MONITOR],
    says: ["metadata.labels: ServiceMonitor ops/all selects the Service shop by labels that this update takes away"],
  },
  {
    what: "a ServiceMonitor that selects another Service, too",
    old: { metadata: LABELLED, spec: HTTP },
    now: { metadata: { labels: { app: "other" } }, spec: RENAMED },
    others: [MONITOR, manifest({ metadata: { name: "second", ...LABELLED }, spec: HTTP })],
    says: [],
  },
  {
    what: "a headless Service that turns into an alias",
    old: { spec: { ...HTTP, clusterIP: "None" } },
    now: { spec: { type: "ExternalName", externalName: "db.example.com", ports: null, selector: null } },
    others: [STATEFUL_SET, ingress("web", { number: 80 }), ingress("api", { name: "http" })],
    says: [
      "spec.clusterIP: StatefulSet team-a/db needs a headless Service, and shop is none after this update",
      "spec.ports: Ingress team-a/api names the port http, which this update takes away: the ports are then none",
    ],
  },
  {
    what: "a deletion names everything that was whole",
    old: { metadata: LABELLED, spec: HTTP },
    others: [ingress("web", { name: "http" }, { number: 80 }), ingress("broken", { number: 1 }), WEBHOOK, MONITOR],
    says: [
      "metadata.name: Ingress team-a/web names the Service shop, which is being deleted",
      "metadata.name: ValidatingWebhookConfiguration hooks names the Service shop, which is being deleted",
      "metadata.name: ServiceMonitor ops/all selects the Service shop, which is being deleted, and nothing else",
    ],
  },
  {
    what: "a deletion of an alias",
    old: { spec: { type: "ExternalName", externalName: "example.com", ports: null, selector: null } },
    others: [ingress("web", { number: 443 })],
    says: ["metadata.name: Ingress team-a/web names the Service shop, which is being deleted"],
  },
  ...["namespace-controller", "generic-garbage-collector"].map((controller) => ({
    what: `a deletion by the ${controller}`,
    old: { spec: HTTP },
    others: [ingress("web", { name: "http" })],
    user: `system:serviceaccount:kube-system:${controller}`,
    says: [],
  })),
];

describe("what an update or a deletion of a Service breaks", () => {
  // Whether the inventory knows the state before or the one after makes no difference.
  for (const state of ["before", "after"] as const) {
    it.each<Row>([...ROWS])(`${state}: $what`, ({ old, now, others, user = "jo", says }) => {
      const oldObject = manifest(old);
      const object = manifest(now ?? old);
      const known = state === "before" ? [oldObject] : now === undefined ? [] : [object];
      const { causes, policy } = judgeManifest(now === undefined ? oldObject : object, {
        operation: now === undefined ? "delete" : "update",
        oldObject,
        policies: DENY,
        inventory: inventoryOf([...known, ...others], "team-a"),
        facts: { namespace: "team-a", today: "2026-11-24", user: { name: user, groups: [] } },
      });
      expect(causes).toEqual([]);
      expect(policy.findings.map(({ path, message }) => `${path.toString()}: ${message}`)).toEqual(says);
    });
  }

  it("finds nothing if nothing is known", () => {
    const oldObject = manifest({ spec: HTTP });
    const { policy } = judgeManifest(oldObject, { operation: "delete", oldObject, policies: DENY });
    expect(policy.findings).toEqual([]);
  });
});

describe("a reference to what is not there", () => {
  const facts = { namespace: "team-a", today: "2026-11-24" };

  function findings(object: JsonObject, others: readonly JsonObject[], isComplete: boolean): readonly string[] {
    const inventory = new Inventory(isComplete, new Set(NEEDS));
    for (const [index, other] of others.entries())
      inventory.set(String(index), entriesOf(other, { namespace: "team-a" }) ?? {});
    return referencesIn(object, { namespace: "team-a" })
      .flatMap((reference) => DENY.judgeReference(reference, inventory.view(), facts))
      .map(({ action, path, message }) => `${action} ${path.toString()}: ${message}`);
  }

  const NAME = "spec.rules[0].http.paths[0].backend.service.name";
  const PORT = "spec.rules[0].http.paths[0].backend.service.port.name";
  const MISSING = "Ingress team-a/web names the Service team-a/shop, which is not there";

  it.each<{
    what: string;
    object: JsonObject;
    others: readonly JsonObject[];
    complete: boolean;
    says: readonly string[];
  }>([
    {
      what: "a missing Service may be elsewhere: a warning",
      object: ingress("web", { name: "http" }),
      others: [],
      complete: false,
      says: [`warn ${NAME}: ${MISSING}`],
    },
    {
      what: "unless there is nothing else",
      object: ingress("web", { name: "http" }),
      others: [],
      complete: true,
      says: [`deny ${NAME}: ${MISSING}`],
    },
    {
      what: "a port is certain",
      object: ingress("web", { name: "http" }),
      others: [manifest({ spec: RENAMED })],
      complete: false,
      says: [
        `deny ${PORT}: Ingress team-a/web names the port http, which the Service team-a/shop does not have: its ports are 81/TCP (web)`,
      ],
    },
    {
      what: "a ServiceMonitor for nothing is found once",
      object: MONITOR,
      others: [],
      complete: false,
      says: ["warn spec.selector: ServiceMonitor ops/all selects Services by labels, and no Service has these labels"],
    },
    {
      what: "what is there",
      object: ingress("web", { name: "http" }),
      others: [manifest({ spec: HTTP })],
      complete: false,
      says: [],
    },
  ])("$what", ({ object, others, complete, says }) => {
    expect(findings(object, others, complete)).toEqual(says);
  });
});
