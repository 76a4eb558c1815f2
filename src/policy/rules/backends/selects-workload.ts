import type { Service } from "../../../service/schema/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { backendsOf, isSettled, labelsText, nearMiss, workloadText } from "../behind/index.ts";
import { defineRule, SPEC } from "../kit/index.ts";
import { deployment } from "./examples.ts";

const OTHERS = [deployment("web")];

export const selectsWorkload = defineRule({
  meta: {
    id: "selects-workload",
    title: "The selector selects Pods of a workload",
    fault: "the selector selects the Pods of no workload",
    why:
      "A Service whose selector fits no Pods has no endpoints: connections to it fail, and nothing says why. Labels that " +
      "controllers set and Pods that operators make from their own kinds of objects are taken into account; a Service " +
      "with Endpoints or EndpointSlices of its own needs no workload.",
    group: "consistency",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    needs: ["workloads"],
  },
  parameters: {
    ignore: withDefault(listOf("labels that something unknown sets on Pods", text("a label's name")), []),
  },
  messages: {
    none: {
      text: "no workload has Pods with the labels {selector}",
      fix: "set spec.selector to labels of the Pods' template, or leave it out if something else writes the endpoints",
    },
    elsewhere: {
      text: "no workload of namespace {namespace} has Pods with the labels {selector}, and a Service selects in its own namespace only: {workload} has them",
      fix: "move the Service to the namespace of its Pods",
    },
    differs: {
      text: "no workload has Pods with the labels {selector}: those of {workload} have {has}",
      fix: "select by {has}, or correct the label in {workload}",
    },
    lacks: {
      text: "no workload has Pods with the labels {selector}: those of {workload} have all but {key}",
      fix: "remove {key} from spec.selector, or add it to the Pod template of {workload}",
    },
  },
  check: ({ ignore }) => {
    const ignored = new Set(ignore);
    return (service, context) => {
      const { inventory, facts } = context;
      if (inventory === undefined || !isSettled(service, context, ["selector", "type"])) return [];
      const judged = ignored.size === 0 ? service : without(service, ignored);
      const backends = backendsOf(judged, context);
      if (backends === undefined || backends.workloads.length > 0) return [];
      const at = SPEC.child("selector");
      const known = { selector: labelsText(backends.selector) };
      const [other] = inventory.workloadsWith(backends.selector, facts.namespace, true);
      if (other !== undefined) {
        const all = { ...known, workload: workloadText(other) };
        return [{ says: "elsewhere", path: at, found: service.spec.selector, facts: all, mayBeElsewhere: true }];
      }
      const near = nearMiss(backends, facts.namespace, service.metadata.name ?? "", inventory);
      if (near === undefined) {
        if (inventory.areElsewhere("workloads")) return [];
        return [{ says: "none", path: at, found: service.spec.selector, facts: known, mayBeElsewhere: true }];
      }
      const { key, has, workload } = near;
      return [
        {
          says: has === undefined ? "lacks" : "differs",
          path: at.key(key),
          found: backends.selector[key],
          facts: { ...known, key, workload: workloadText(workload), has: has?.join("=") },
          mayBeElsewhere: true,
        },
      ];
    };
  },
  cel: { cannot: "it looks at the workloads" },
  examples: {
    good: [
      { name: "the labels of a Deployment's Pods", spec: { selector: { app: "web" } }, others: OTHERS },
      { name: "no selector: someone else writes the endpoints", spec: { selector: null }, others: OTHERS },
      {
        name: "one Pod of a StatefulSet, by a label that its controller sets",
        spec: { selector: { "statefulset.kubernetes.io/pod-name": "db-0" } },
        others: OTHERS,
      },
      {
        name: "Pods that an operator makes",
        spec: { selector: { "strimzi.io/cluster": "events" } },
        others: OTHERS,
      },
      {
        name: "a label that a sidecar sets on the leader",
        parameters: { ignore: ["role"] },
        spec: { selector: { app: "web", role: "leader" } },
        others: OTHERS,
      },
    ],
    bad: [
      { name: "no such workload", spec: { selector: { app: "cart" } }, others: OTHERS, finds: ["spec.selector"] },
      {
        name: "Pods of another namespace",
        namespace: "team-b",
        spec: { selector: { app: "web" } },
        others: OTHERS,
        finds: ["spec.selector"],
      },
      {
        name: "a typing error",
        spec: { selector: { app: "wbe", tier: "front" } },
        others: OTHERS,
        finds: ["spec.selector[app]"],
      },
      {
        name: "a label that the Pods do not have",
        spec: { selector: { app: "web", release: "stable" } },
        others: OTHERS,
        finds: ["spec.selector[release]"],
      },
    ],
  },
});

/** The Service as if its selector did not have these labels. */
function without(service: Service, keys: ReadonlySet<string>): Service {
  const selector = Object.fromEntries(Object.entries(service.spec.selector ?? {}).filter(([key]) => !keys.has(key)));
  return { ...service, spec: { ...service.spec, selector } };
}
