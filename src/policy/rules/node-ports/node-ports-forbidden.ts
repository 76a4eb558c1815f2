import { and, isNodePortWritten } from "../../in-cel/index.ts";
import { flag, withDefault } from "../../schema/index.ts";
import {
  byCel,
  type CelFinding,
  defineRule,
  EACH_PORT,
  isLoadBalancer,
  portsOf,
  SPEC,
  type Violation,
} from "../kit/index.ts";

export const nodePortsForbidden = defineRule({
  meta: {
    id: "node-ports-forbidden",
    title: "No node ports",
    fault: "a Service has node ports",
    why: "A node port is open on every node, bypasses the ingress, and uses a number that the whole cluster shares.",
    group: "team",
    types: ["NodePort", "LoadBalancer"],
  },
  parameters: { loadBalancers: withDefault(flag("whether load balancers may have node ports"), true) },
  messages: {
    type: {
      text: "a Service of type NodePort opens a port on every node",
      fix: "use ClusterIP with an ingress, or LoadBalancer",
    },
    allocation: {
      text: "the load balancer would get node ports",
      fix: "set spec.allocateLoadBalancerNodePorts to false, if its implementation reaches Pods directly",
    },
    port: { text: "the load balancer sets the node port {found}", fix: "leave nodePort out" },
  },
  typesFor: ({ loadBalancers }) => (loadBalancers ? ["NodePort"] : ["NodePort", "LoadBalancer"]),
  check:
    ({ loadBalancers }) =>
    (service, { isWritten }) => {
      if (service.spec.type === "NodePort") return [{ says: "type", path: SPEC.child("type"), found: "NodePort" }];
      if (loadBalancers || !isLoadBalancer(service)) return [];
      const found: Violation<"allocation" | "port">[] = portsOf(service).flatMap(({ port, path }) => {
        const at = path.child("nodePort");
        return port.nodePort !== undefined && isWritten(at) ? [{ says: "port", path: at, found: port.nodePort }] : [];
      });
      if (service.spec.allocateLoadBalancerNodePorts !== false) {
        found.push({ says: "allocation", path: SPEC.child("allocateLoadBalancerNodePorts") });
      }
      return found;
    },
  cel: ({ loadBalancers }) => [
    { says: "type", where: 'variables.type == "NodePort"', path: "spec.type", found: "NodePort" },
    ...(loadBalancers ? [] : celOfLoadBalancers()),
  ],
  examples: {
    good: [
      { name: "no node port" },
      { name: "a load balancer, which may have node ports", spec: { type: "LoadBalancer" } },
      {
        name: "a load balancer without node ports",
        parameters: { loadBalancers: false },
        spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false },
      },
    ],
    bad: [
      { name: "a node port", spec: { type: "NodePort" }, finds: ["spec.type"] },
      {
        name: "a load balancer with node ports",
        parameters: { loadBalancers: false },
        spec: { type: "LoadBalancer", ports: [{ port: 80, nodePort: 30080 }] },
        finds: ["spec.ports[0].nodePort", "spec.allocateLoadBalancerNodePorts"],
      },
    ],
  },
});

function celOfLoadBalancers(): readonly CelFinding<"allocation" | "port">[] {
  const isLoadBalancerInCel = 'variables.type == "LoadBalancer"';
  return [
    {
      says: "port",
      each: EACH_PORT,
      where: and(isLoadBalancerInCel, "has(port.nodePort)", isNodePortWritten("port")),
      path: "spec.ports[{index}].nodePort",
      found: byCel("string(port.nodePort)"),
    },
    {
      says: "allocation",
      where: and(isLoadBalancerInCel, "object.spec.?allocateLoadBalancerNodePorts.orValue(true)"),
      path: "spec.allocateLoadBalancerNodePorts",
    },
  ];
}
