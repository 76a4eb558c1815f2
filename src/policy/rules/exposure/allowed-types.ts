import { TYPES } from "../../../service/schema/index.ts";
import { isOneOf, not } from "../../in-cel/index.ts";
import { listOf, oneOf } from "../../schema/index.ts";
import { byCel, defineRule, SPEC } from "../kit/index.ts";

export const allowedTypes = defineRule({
  meta: {
    id: "allowed-types",
    title: "Only some types of Service are allowed",
    fault: "a Service has a type that is not allowed",
    why: "A node port opens every node, and a load balancer costs money and may face the internet: not every team needs them.",
    group: "team",
  },
  parameters: { types: listOf("the types that are allowed", oneOf("a Service type", TYPES), { minItems: 1 }) },
  messages: {
    type: { text: "Services of type {found} are not allowed here, only {types}", fix: "use {types}" },
  },
  typesFor: ({ types }) => TYPES.filter((type) => !types.includes(type)),
  check: ({ types }) => {
    const allowed = new Set<string>(types);
    return ({ spec: { type: found = "ClusterIP" } }) =>
      allowed.has(found) ? [] : [{ says: "type", path: SPEC.child("type"), found, facts: { types: types.join(", ") } }];
  },
  cel: ({ types }) => [
    {
      says: "type",
      where: not(isOneOf("variables.type", types)),
      path: "spec.type",
      found: byCel("variables.type"),
      facts: { types: types.join(", ") },
    },
  ],
  examples: {
    good: [{ name: "the default type", parameters: { types: ["ClusterIP"] } }],
    bad: [
      { name: "no type, which is ClusterIP", parameters: { types: ["LoadBalancer"] }, finds: ["spec.type"] },
      { name: "a node port", parameters: { types: ["ClusterIP"] }, spec: { type: "NodePort" }, finds: ["spec.type"] },
    ],
  },
});
