import { didYouMean, type Path } from "../../../field/index.ts";
import type { WorkloadEntry } from "../../../inventory/model/index.ts";
import type { ServicePort } from "../../../service/schema/index.ts";
import { backendsOf, isInjected, isSettled, portsText, servingOf, workloadsText } from "../behind/index.ts";
import { defineRule, portsOf, type Violation } from "../kit/index.ts";
import { deployment } from "./examples.ts";

const OTHERS = [deployment("web", [{ name: "http", containerPort: 8080 }])];

export const targetPortNamed = defineRule({
  meta: {
    id: "target-port-named",
    title: "A named target port is a port of the selected containers",
    fault: "the target port has the name of no selected container's port",
    why:
      "A target port's name is looked up in the ports of each Pod's containers, together with the protocol. A Pod that has " +
      "none gets no traffic on that port of the Service, and no event or status says so.",
    group: "consistency",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    needs: ["workloads"],
  },
  parameters: {},
  messages: {
    none: {
      text: "no container of {workloads} has a {protocol} port named {found}: they declare {ports}{hint}",
      fix: "name the container's port {found}, or set targetPort to the name or number of a port that it has",
    },
    protocol: {
      text: "{workloads} have the port {found} for {other}, and port {port} of the Service is for {protocol}",
      fix: "set the same protocol in both",
    },
    some: {
      text: "no container of {workloads} has a {protocol} port named {found}, while others that are selected do",
      fix: "name the port in all of them, or select only those that have it",
    },
  },
  check: () => (service, context) => {
    const named = portsOf(service).filter(({ port }) => typeof port.targetPort === "string");
    if (named.length === 0 || !isSettled(service, context, ["ports", "selector", "type"])) return [];
    const backends = backendsOf(service, context);
    if (backends === undefined) return [];
    const serving = servingOf(backends);
    if (serving.length === 0 || serving.some(({ ports }) => ports === undefined)) return [];
    // Manifests may be those of several clusters, or variants of one workload: that some have the port is enough there.
    const isAny = context.inventory?.isComplete !== true;
    return named.flatMap(({ port, path }) => faultOf(port, path.child("targetPort"), serving, isAny) ?? []);
  },
  cel: { cannot: "it looks at the workloads" },
  examples: {
    good: [
      {
        name: "the name of the container's port",
        spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] },
        others: OTHERS,
      },
    ],
    bad: [
      {
        name: "another name",
        spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: "web" }] },
        others: OTHERS,
        finds: ["spec.ports[0].targetPort"],
      },
      {
        name: "the name of a port for another protocol",
        spec: { selector: { app: "web" }, ports: [{ port: 80, protocol: "UDP", targetPort: "http" }] },
        others: OTHERS,
        finds: ["spec.ports[0].targetPort"],
      },
      {
        name: "a port that one of two Deployments has",
        spec: { selector: { tier: "front" }, ports: [{ port: 80, targetPort: "http" }] },
        others: [...OTHERS, deployment("admin", [{ name: "https", containerPort: 8443 }])],
        finds: ["spec.ports[0].targetPort"],
      },
    ],
  },
});

type Says = "none" | "protocol" | "some";

function faultOf(
  { port, protocol = "TCP", targetPort: found }: ServicePort,
  path: Path,
  workloads: readonly WorkloadEntry[],
  isAny: boolean,
): Violation<Says> | undefined {
  if (typeof found !== "string" || isInjected(found)) return undefined;
  // As Kubernetes looks it up: kubernetes/kubernetes `pkg/api/v1/pod/util.go`.
  const without = workloads.filter(
    ({ ports = [] }) => !ports.some((other) => other.name === found && other.protocol === protocol),
  );
  if (without.length === 0) return undefined;
  const facts = { workloads: workloadsText(without), port, protocol };
  if (without.length < workloads.length) return isAny ? undefined : { says: "some", path, found, facts };
  const declared = without.flatMap(({ ports = [] }) => ports);
  const others = declared.filter(({ name }) => name === found).map((other) => other.protocol);
  if (others.length > 0) {
    return { says: "protocol", path, found, facts: { ...facts, other: [...new Set(others)].join(" and ") } };
  }
  const names = declared.flatMap(({ name, protocol: own }) => (name !== undefined && own === protocol ? [name] : []));
  return {
    says: "none",
    path,
    found,
    facts: { ...facts, ports: portsText(declared), hint: didYouMean(found, names) },
  };
}
