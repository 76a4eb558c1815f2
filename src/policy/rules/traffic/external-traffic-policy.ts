import { and, isOneOf, quoted } from "../../in-cel/index.ts";
import { listOf, oneOf, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, SPEC } from "../kit/index.ts";

export const externalTrafficPolicy = defineRule({
  meta: {
    id: "external-traffic-policy",
    title: "externalTrafficPolicy is the one that the team has chosen",
    fault: "externalTrafficPolicy is not the one that the policy asks for",
    why:
      "Local keeps the client's address, which access lists and logs need, and drops traffic on nodes without a Pod; " +
      "Cluster spreads the traffic and hides the address. A team decides once.",
    group: "team",
    types: ["NodePort", "LoadBalancer"],
  },
  parameters: {
    policy: oneOf("the required value", ["Local", "Cluster"]),
    types: withDefault(
      listOf("the types of Service that the rule applies to", oneOf("a type", ["NodePort", "LoadBalancer"]), {
        minItems: 1,
      }),
      ["LoadBalancer"],
    ),
  },
  messages: {
    other: {
      text: "externalTrafficPolicy must be {policy} here, not {found}",
      fix: "set spec.externalTrafficPolicy to {policy}",
    },
  },
  typesFor: ({ types }) => types,
  check: ({ policy, types }) => {
    const concerned = new Set<string | undefined>(types);
    return ({ spec: { type, externalTrafficPolicy: found = "Cluster" } }) =>
      !concerned.has(type) || found === policy
        ? []
        : [{ says: "other", path: SPEC.child("externalTrafficPolicy"), found, facts: { policy } }];
  },
  cel: ({ policy, types }) => [
    {
      says: "other",
      where: and(
        isOneOf("variables.type", types),
        `object.spec.?externalTrafficPolicy.orValue("Cluster") != ${quoted(policy)}`,
      ),
      path: "spec.externalTrafficPolicy",
      found: byCel('object.spec.?externalTrafficPolicy.orValue("Cluster")'),
      facts: { policy },
    },
  ],
  examples: {
    good: [
      {
        name: "the required value",
        parameters: { policy: "Local" },
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" },
      },
      { name: "not a load balancer", parameters: { policy: "Local" }, spec: { type: "NodePort" } },
    ],
    bad: [
      {
        name: "a node port, for a policy that covers them",
        parameters: { policy: "Local", types: ["NodePort"] },
        spec: { type: "NodePort" },
        finds: ["spec.externalTrafficPolicy"],
      },
      {
        name: "not set, so Cluster",
        parameters: { policy: "Local" },
        spec: { type: "LoadBalancer" },
        finds: ["spec.externalTrafficPolicy"],
      },
      {
        name: "the other value",
        parameters: { policy: "Cluster" },
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" },
        finds: ["spec.externalTrafficPolicy"],
      },
    ],
  },
});
