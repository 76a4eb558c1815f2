import { inFrontOfOnePod } from "../behind/index.ts";
import { defineRule, hasClusterIP, isExternalName } from "../kit/index.ts";
import { deployment, workload } from "./examples.ts";

/** Kinds whose Pods have no names of their own, by which peers would look for each other. */
const WITHOUT_NAMES: ReadonlySet<string> = new Set([
  "Deployment",
  "ReplicaSet",
  "ReplicationController",
  "Rollout",
  "DeploymentConfig",
]);

export const publishNotReadyBehind = defineRule({
  meta: {
    id: "publish-not-ready-behind",
    title: "publishNotReadyAddresses only for Pods that have peers",
    fault: "publishNotReadyAddresses is set for a single Pod",
    why:
      "The field is for peers that have to find each other before they are ready. The one Pod of a Deployment has none: the " +
      "name leads to it while it cannot answer yet. publish-not-ready is about Services that are not headless.",
    group: "consistency",
    types: ["ClusterIP"],
    needs: ["workloads"],
  },
  parameters: {},
  messages: {
    alone: {
      text: "publishNotReadyAddresses is for peers, and {workloads} has one Pod: its address is published before it can answer",
      fix: "remove publishNotReadyAddresses",
    },
  },
  check: () => (service, context) => {
    const { publishNotReadyAddresses } = service.spec;
    if (publishNotReadyAddresses !== true || isExternalName(service) || hasClusterIP(service)) return [];
    const appliesTo = ({ kind }: { readonly kind: string }): boolean => WITHOUT_NAMES.has(kind);
    return inFrontOfOnePod({ says: "alone", field: "publishNotReadyAddresses", appliesTo }, service, context);
  },
  cel: { cannot: "it looks at the workloads" },
  examples: {
    good: [
      {
        name: "the peers of a StatefulSet",
        spec: { clusterIP: "None", publishNotReadyAddresses: true, selector: { app: "db" } },
        others: [workload("StatefulSet", "db", [], { replicas: 3 })],
      },
      {
        name: "a Deployment whose Pods gossip",
        spec: { clusterIP: "None", publishNotReadyAddresses: true, selector: { app: "web" } },
        others: [deployment("web", [], { replicas: 3 })],
      },
    ],
    bad: [
      {
        name: "a Deployment with one Pod",
        spec: { clusterIP: "None", publishNotReadyAddresses: true, selector: { app: "web" } },
        others: [deployment("web", [], { replicas: 1 })],
        finds: ["spec.publishNotReadyAddresses"],
      },
    ],
  },
});
