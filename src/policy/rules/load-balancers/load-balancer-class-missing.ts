import { and } from "../../in-cel/index.ts";
import { defineRule, isLoadBalancer, SPEC } from "../kit/index.ts";

export const loadBalancerClassMissing = defineRule({
  meta: {
    id: "load-balancer-class-missing",
    title: "A load balancer has a class",
    fault: "a load balancer has no class",
    why:
      "Without a class, the cluster's default implementation serves the Service, as is usual on clouds. Where several are " +
      "installed, a team may want each Service to name its own. The class cannot be set later while the type stays " +
      "LoadBalancer, so a Service that is stored without one passes.",
    group: "team",
    types: ["LoadBalancer"],
  },
  parameters: {},
  messages: {
    missing: {
      text: "the load balancer has no class, and none can be set later",
      fix: "set spec.loadBalancerClass",
    },
  },
  check:
    () =>
    (service, { oldService }) => {
      if (!isLoadBalancer(service) || service.spec.loadBalancerClass !== undefined) return [];
      if (oldService !== undefined && isLoadBalancer(oldService)) return [];
      return [{ says: "missing", path: SPEC.child("loadBalancerClass") }];
    },
  cel: () => [
    {
      says: "missing",
      where: and(
        'variables.type == "LoadBalancer"',
        "!has(object.spec.loadBalancerClass)",
        'oldObject == null || oldObject.spec.?type.orValue("") != "LoadBalancer"',
      ),
      path: "spec.loadBalancerClass",
    },
  ],
  examples: {
    good: [
      { name: "not a load balancer" },
      { name: "with a class", spec: { type: "LoadBalancer", loadBalancerClass: "example.com/internal" } },
      {
        name: "an update of a Service that was stored without a class",
        operation: "update",
        old: { spec: { type: "LoadBalancer" } },
        spec: { type: "LoadBalancer" },
      },
    ],
    bad: [
      { name: "without a class", spec: { type: "LoadBalancer" }, finds: ["spec.loadBalancerClass"] },
      {
        name: "an update that makes it a load balancer without a class",
        operation: "update",
        old: { spec: { type: "ClusterIP" } },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerClass"],
      },
    ],
  },
});
