import { loadBalancerClaims, mayShareClaim } from "../../../inventory/claims/index.ts";
import { defineRule } from "../kit/index.ts";
import { CANNOT } from "./cannot.ts";
import { contested } from "./conflicts.ts";
import { otherService } from "./example-service.ts";

export const uniqueLoadBalancerIP = defineRule({
  meta: {
    id: "unique-load-balancer-ip",
    title: "No other load balancer asks for the same address",
    fault: "two load balancers ask for the same address",
    why:
      "Only one of them gets it: the other waits, or takes the traffic over. Compared is what spec.loadBalancerIP asks for, and " +
      "the annotations of MetalLB, kube-vip, Cilium, Alibaba Cloud, AWS, Azure, DigitalOcean, Google Cloud, Hetzner, Linode, " +
      "OpenStack, Oracle and Scaleway: addresses, reserved addresses by name, and existing load balancers by ID. Services with " +
      "a port in common (number and protocol) never get one address. With different ports, it depends on who serves them: MetalLB and " +
      "Cilium want one sharing key on both (and the same Pods with externalTrafficPolicy Local; Cilium the same namespace, or " +
      "that both admit the other one), AWS, DigitalOcean, Hetzner, Linode, Oracle and Scaleway have a load balancer for each " +
      "Service, and the others allow it. If nothing shows who serves them, or if their classes differ, nothing is found. An " +
      "update is found only for what it newly claims.",
    group: "consistency",
    types: ["LoadBalancer"],
    inStatus: ["annotations"],
    needs: ["services"],
  },
  parameters: {},
  messages: {
    claimed: {
      text: "the load balancer asks for {found}, and so does {services}",
      fix: "use an address of its own, or other ports and a sharing key where the load balancer's implementation has one",
    },
  },
  check: () => (service, context) =>
    contested(service, context, loadBalancerClaims, (claim, one, other) => !mayShareClaim(claim, one, other)).map(
      (found) => ({ says: "claimed", ...found }),
    ),
  cel: CANNOT,
  examples: {
    good: [
      {
        name: "an address of its own",
        spec: { type: "LoadBalancer", loadBalancerIP: "203.0.113.7" },
        others: [otherService("web", { type: "LoadBalancer", loadBalancerIP: "203.0.113.8" })],
      },
      {
        name: "another port, and nothing shows that the address cannot be shared",
        spec: { type: "LoadBalancer", loadBalancerIP: "203.0.113.7", ports: [{ port: 443 }] },
        others: [otherService("web", { type: "LoadBalancer", loadBalancerIP: "203.0.113.7" })],
      },
      {
        name: "MetalLB is told that both share the address",
        metadata: { annotations: { "metallb.io/loadBalancerIPs": "203.0.113.7", "metallb.io/allow-shared-ip": "dns" } },
        spec: { type: "LoadBalancer", ports: [{ port: 53, protocol: "UDP" }] },
        others: [
          otherService(
            "dns-tcp",
            { type: "LoadBalancer", ports: [{ port: 53 }] },
            {
              annotations: { "metallb.io/loadBalancerIPs": "203.0.113.7", "metallb.io/allow-shared-ip": "dns" },
            },
          ),
        ],
      },
    ],
    bad: [
      {
        name: "the address and port of another load balancer",
        spec: { type: "LoadBalancer", loadBalancerIP: "203.0.113.7" },
        others: [otherService("web", { type: "LoadBalancer", loadBalancerIP: "203.0.113.7" })],
        finds: ["spec.loadBalancerIP"],
      },
      {
        name: "MetalLB is not told that both share the address",
        metadata: { annotations: { "metallb.io/loadBalancerIPs": "203.0.113.7" } },
        spec: { type: "LoadBalancer", ports: [{ port: 443 }] },
        others: [otherService("web", { type: "LoadBalancer", loadBalancerIP: "203.0.113.7" })],
        finds: ["metadata.annotations[metallb.io/loadBalancerIPs]"],
      },
      {
        name: "an Elastic IP of AWS that another load balancer has",
        metadata: {
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-eip-allocations": "eipalloc-1, eipalloc-2" },
        },
        spec: { type: "LoadBalancer", ports: [{ port: 443 }] },
        others: [
          otherService(
            "web",
            { type: "LoadBalancer" },
            {
              annotations: { "service.beta.kubernetes.io/aws-load-balancer-eip-allocations": "eipalloc-2" },
            },
          ),
        ],
        finds: ["metadata.annotations[service.beta.kubernetes.io/aws-load-balancer-eip-allocations]"],
      },
    ],
  },
});
