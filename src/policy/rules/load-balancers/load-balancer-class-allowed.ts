import { compileGlobs } from "../../match/index.ts";
import { listOf, text } from "../../schema/index.ts";
import { defineRule, SPEC } from "../kit/index.ts";

export const loadBalancerClassAllowed = defineRule({
  meta: {
    id: "load-balancer-class-allowed",
    title: "Only some load balancer classes are allowed",
    why: "With a class that no controller in the cluster implements, the Service never gets an address; another class may cost or expose more than intended.",
    group: "team",
    types: ["LoadBalancer"],
  },
  parameters: {
    allowed: listOf("the classes that are allowed", text("a class, with * and ?", { format: "glob" }), { minItems: 1 }),
  },
  messages: {
    class: {
      text: "the load balancer class {found} is not allowed here, only {allowed}",
      fix: "use one of the classes {allowed}",
    },
  },
  check: ({ allowed }) => {
    const matches = compileGlobs(allowed);
    return ({ spec: { loadBalancerClass: found } }) =>
      found === undefined || matches(found)
        ? []
        : [{ says: "class", path: SPEC.child("loadBalancerClass"), found, facts: { allowed: allowed.join(", ") } }];
  },
  examples: {
    good: [
      {
        name: "one of them",
        parameters: { allowed: ["example.com/*"] },
        spec: { type: "LoadBalancer", loadBalancerClass: "example.com/a" },
      },
      { name: "none at all", parameters: { allowed: ["example.com/*"] }, spec: { type: "LoadBalancer" } },
    ],
    bad: [
      {
        name: "another one",
        parameters: { allowed: ["example.com/*"] },
        spec: { type: "LoadBalancer", loadBalancerClass: "example.org/a" },
        finds: ["spec.loadBalancerClass"],
      },
    ],
  },
});
