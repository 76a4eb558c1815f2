import { byCel, defineRule, SPEC } from "../kit/index.ts";

export const loadBalancerIPForbidden = defineRule({
  meta: {
    id: "load-balancer-ip-forbidden",
    title: "loadBalancerIP is not used",
    fault: "loadBalancerIP is set",
    why: "The field is deprecated since 1.24: its meaning differs between clouds, and it cannot hold one address per family.",
    group: "team",
  },
  parameters: {},
  messages: {
    forbidden: {
      text: "loadBalancerIP is deprecated; found {found}",
      fix: "use the annotation of the load balancer's implementation",
    },
  },
  check:
    () =>
    ({ spec: { loadBalancerIP: found } }) =>
      found === undefined || found === "" ? [] : [{ says: "forbidden", path: SPEC.child("loadBalancerIP"), found }],
  cel: () => [
    {
      says: "forbidden",
      where: 'object.spec.?loadBalancerIP.orValue("") != ""',
      path: "spec.loadBalancerIP",
      found: byCel("object.spec.loadBalancerIP"),
    },
  ],
  examples: {
    good: [{ name: "loadBalancerIP is not set", spec: { type: "LoadBalancer" } }],
    bad: [
      {
        name: "loadBalancerIP is set",
        spec: { type: "LoadBalancer", loadBalancerIP: "203.0.113.7" },
        finds: ["spec.loadBalancerIP"],
      },
    ],
  },
});
