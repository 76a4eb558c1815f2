import { and, matchesGlobs, not } from "../../in-cel/index.ts";
import { compileGlobs } from "../../match/index.ts";
import { listOf, text } from "../../schema/index.ts";
import { byCel, defineRule, SPEC } from "../kit/index.ts";

export const loadBalancerClassAllowed = defineRule({
  meta: {
    id: "load-balancer-class-allowed",
    title: "Only some load balancer classes are allowed",
    fault: "a load balancer class is not allowed",
    why: "If no controller in the cluster implements the class, the Service never gets an address; another class may cost or expose more than intended.",
    group: "team",
    types: ["LoadBalancer"],
  },
  parameters: {
    allowed: listOf("the classes that are allowed", text("a class, with * and ?", { format: "glob" }), { minItems: 1 }),
  },
  messages: {
    class: {
      text: "the load balancer class {found} is not allowed here, only {allowed}",
      fix: "use {allowed}",
    },
  },
  check: ({ allowed }) => {
    const matches = compileGlobs(allowed);
    return ({ spec: { loadBalancerClass: found } }) =>
      found === undefined || matches(found)
        ? []
        : [{ says: "class", path: SPEC.child("loadBalancerClass"), found, facts: { allowed: allowed.join(", ") } }];
  },
  cel: ({ allowed }) => [
    {
      says: "class",
      where: and("has(object.spec.loadBalancerClass)", not(matchesGlobs("object.spec.loadBalancerClass", allowed))),
      path: "spec.loadBalancerClass",
      found: byCel("object.spec.loadBalancerClass"),
      facts: { allowed: allowed.join(", ") },
    },
  ],
  examples: {
    good: [
      {
        name: "an allowed class",
        parameters: { allowed: ["example.com/*"] },
        spec: { type: "LoadBalancer", loadBalancerClass: "example.com/a" },
      },
      { name: "no class", parameters: { allowed: ["example.com/*"] }, spec: { type: "LoadBalancer" } },
    ],
    bad: [
      {
        name: "another class",
        parameters: { allowed: ["example.com/*"] },
        spec: { type: "LoadBalancer", loadBalancerClass: "example.org/a" },
        finds: ["spec.loadBalancerClass"],
      },
    ],
  },
});
