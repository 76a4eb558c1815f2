import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { type Case, found, workload } from "./support.ts";

const LABELS = { app: "shop" };
const one = (kind: string) => [workload(kind, "shop", LABELS, { replicas: 1 })];
const SCALER: JsonObject = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "shop", namespace: "team-a" },
  spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" }, maxReplicas: 5 },
};

/** What each rule is about, and what it says of one Pod. */
const RULES: Readonly<Record<string, { readonly spec: JsonObject; readonly want: string }>> = {
  "session-affinity-behind": {
    spec: { sessionAffinity: "ClientIP" },
    want: "spec.sessionAffinity: sessionAffinity ClientIP has no effect: Deployment team-a/shop has one Pod",
  },
  "local-traffic-behind": {
    spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" },
    want: "spec.externalTrafficPolicy: with externalTrafficPolicy Local and the one Pod of Deployment team-a/shop, all nodes but one fail the load balancer's health check",
  },
  "publish-not-ready-behind": {
    spec: { clusterIP: "None", publishNotReadyAddresses: true },
    want: "spec.publishNotReadyAddresses: publishNotReadyAddresses is for peers, and Deployment team-a/shop has one Pod: its address is published before it can answer",
  },
};

describe.each(Object.entries(RULES))("%s", (rule, { spec, want }) => {
  it.each<Case>([
    { name: "finds one Pod", others: one("Deployment"), want: [want] },
    {
      name: "finds one Pod where no number is written",
      others: [workload("Deployment", "shop", LABELS)],
      want: [want],
    },
    { name: "nothing against more", others: [workload("Deployment", "shop", LABELS, { replicas: 2 })] },
    {
      name: "nothing against none, which is scaled to zero",
      others: [workload("Deployment", "shop", LABELS, { replicas: 0 })],
    },
    { name: "nothing against two workloads", others: [...one("Deployment"), workload("Deployment", "canary", LABELS)] },
    { name: "nothing against a number that an autoscaler sets", others: [...one("Deployment"), SCALER] },
    { name: "nothing against a DaemonSet", others: [workload("DaemonSet", "shop", LABELS)] },
    { name: "nothing against a workload that is not known", others: [] },
    {
      name: "nothing against a part of a workload",
      spec: { selector: { ...LABELS, "statefulset.kubernetes.io/pod-name": "shop-0" } },
      others: one("StatefulSet"),
    },
  ])("$name", (test) => {
    expect(found(rule, { ...test, spec: { ...spec, ...test.spec } })).toEqual(test.want ?? []);
  });
});

it("publish-not-ready-behind has nothing against the one Pod of a StatefulSet", () => {
  const { spec } = RULES["publish-not-ready-behind"] ?? {};
  expect(found("publish-not-ready-behind", { name: "", ...(spec && { spec }), others: one("StatefulSet") })).toEqual(
    [],
  );
});

describe.each([
  ["external-traffic-local", { type: "NodePort", externalTrafficPolicy: "Local" }],
  ["internal-traffic-local", { internalTrafficPolicy: "Local" }],
])("%s", (rule, spec) => {
  it.each([
    ["an unknown workload", [], 1],
    ["a Deployment", one("Deployment"), 1],
    ["a DaemonSet, which has a Pod on each node", one("DaemonSet"), 0],
    ["a DaemonSet and a Deployment", [...one("DaemonSet"), workload("Deployment", "web", LABELS)], 1],
  ])("in front of %s", (name, others, count) => {
    expect(found(rule, { name, spec, others })).toHaveLength(count);
  });
});
