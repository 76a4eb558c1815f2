import { allocatesNodePorts } from "../../../service/schema/index.ts";
import { and } from "../../in-cel/index.ts";
import { isManifest } from "../../model/index.ts";
import { defineRule, isLoadBalancer, portsOf, SPEC } from "../kit/index.ts";

export const nodePortLeftOpen = defineRule({
  meta: {
    id: "node-port-left-open",
    title: "A load balancer without node ports has none left over",
    fault: "a load balancer without node ports still has some",
    why: "allocateLoadBalancerNodePorts: false only prevents new node ports. Those that a Service already has stay open if it is applied; a replace without them releases them.",
    group: "advice",
    types: ["LoadBalancer"],
  },
  parameters: {},
  messages: {
    left: {
      text: "the node ports stay open although allocateLoadBalancerNodePorts is false",
      fix: "remove nodePort from the ports of the stored Service (kubectl edit), not only from the manifest",
    },
  },
  check:
    () =>
    (service, { oldService, facts }) => {
      const { allocateLoadBalancerNodePorts } = service.spec;
      if (!isLoadBalancer(service) || allocateLoadBalancerNodePorts !== false) return [];
      // An apply keeps stored node ports that the manifest does not name; an object from the API server contains them.
      const keepsStored = isManifest(facts) && oldService !== undefined && allocatesNodePorts(oldService.spec);
      if (!keepsStored && !portsOf(service).some(({ port }) => port.nodePort !== undefined)) return [];
      return [{ says: "left", path: SPEC.child("allocateLoadBalancerNodePorts"), found: false }];
    },
  cel: () => [
    {
      says: "left",
      where: and(
        'variables.type == "LoadBalancer"',
        "!object.spec.?allocateLoadBalancerNodePorts.orValue(true)",
        "variables.ports.exists(port, has(port.nodePort))",
      ),
      path: "spec.allocateLoadBalancerNodePorts",
      found: "false",
    },
  ],
  examples: {
    good: [
      {
        name: "a new Service without node ports",
        spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false },
      },
    ],
    bad: [
      {
        name: "a node port is set although none may be allocated",
        spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30080 }] },
        finds: ["spec.allocateLoadBalancerNodePorts"],
      },
      {
        name: "the stored Service has node ports",
        operation: "update",
        old: { spec: { type: "LoadBalancer" } },
        spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false },
        finds: ["spec.allocateLoadBalancerNodePorts"],
      },
    ],
  },
});
