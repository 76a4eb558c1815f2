import { isOneOf, not } from "../../in-cel/index.ts";
import { listOf, oneOf, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, SPEC } from "../kit/index.ts";

export const sessionAffinity = defineRule({
  meta: {
    id: "session-affinity",
    title: "Session affinity is allowed",
    fault: "session affinity is not allowed",
    why: "Affinity by client address sends all clients behind a proxy to the same Pod.",
    group: "team",
  },
  parameters: {
    allowed: withDefault(
      listOf("the values that are allowed", oneOf("a value", ["None", "ClientIP"]), { minItems: 1 }),
      ["None"],
    ),
  },
  messages: {
    other: {
      text: "session affinity must be {allowed} here, not {found}",
      fix: "keep sessions in the application, or leave sessionAffinity out",
    },
  },
  check: ({ allowed }) => {
    const known = new Set<string>(allowed);
    return ({ spec: { sessionAffinity: found = "None" } }) =>
      known.has(found)
        ? []
        : [{ says: "other", path: SPEC.child("sessionAffinity"), found, facts: { allowed: allowed.join(" or ") } }];
  },
  cel: ({ allowed }) => [
    {
      says: "other",
      where: not(isOneOf('object.spec.?sessionAffinity.orValue("None")', allowed)),
      path: "spec.sessionAffinity",
      found: byCel('object.spec.?sessionAffinity.orValue("None")'),
      facts: { allowed: allowed.join(" or ") },
    },
  ],
  examples: {
    good: [{ name: "no session affinity" }],
    bad: [
      { name: "affinity by client address", spec: { sessionAffinity: "ClientIP" }, finds: ["spec.sessionAffinity"] },
    ],
  },
});
