import { byCel, defineRule, isLoadBalancer, SPEC } from "../kit/index.ts";

export const mixedProtocolLoadBalancer = defineRule({
  meta: {
    id: "mixed-protocol-load-balancer",
    title: "A load balancer has ports of one protocol",
    fault: "a load balancer has ports of several protocols",
    why: "From 1.26 on the API server accepts TCP and UDP ports on one load balancer; some clouds then never provision it, or only the ports of one protocol.",
    group: "advice",
    types: ["LoadBalancer"],
  },
  parameters: {},
  messages: {
    mixed: {
      text: "the load balancer has ports for {protocols}: some clouds never provision that",
      fix: "use one Service for each protocol",
    },
  },
  check: () => (service) => {
    const protocols = new Set((service.spec.ports ?? []).map(({ protocol = "TCP" }) => protocol));
    if (!isLoadBalancer(service) || protocols.size < 2) return [];
    return [{ says: "mixed", path: SPEC.child("ports"), facts: { protocols: [...protocols].join(" and ") } }];
  },
  cel: () => [
    {
      says: "mixed",
      where:
        'variables.type == "LoadBalancer" && variables.ports.exists(port, port.protocol != variables.ports[0].protocol)',
      path: "spec.ports",
      facts: {
        protocols: byCel(
          '["TCP", "UDP", "SCTP"].filter(one, variables.ports.exists(port, port.protocol == one)).join(" and ")',
        ),
      },
    },
  ],
  examples: {
    good: [
      {
        name: "one protocol",
        spec: {
          type: "LoadBalancer",
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 443 },
          ],
        },
      },
    ],
    bad: [
      {
        name: "TCP and UDP",
        spec: {
          type: "LoadBalancer",
          ports: [
            { name: "tcp", port: 443 },
            { name: "quic", port: 4433, protocol: "UDP" },
          ],
        },
        finds: ["spec.ports"],
      },
    ],
  },
});
