import { listOf, oneOf, withDefault } from "../../schema/index.ts";
import { defineRule, SPEC } from "../kit/index.ts";

export const sessionAffinity = defineRule({
  meta: {
    id: "session-affinity",
    title: "Session affinity only as allowed",
    why: "Affinity by client address sends all clients behind one proxy to one Pod, and persists across deployments that should spread the load.",
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
  examples: {
    good: [{ name: "none" }],
    bad: [{ name: "by client address", spec: { sessionAffinity: "ClientIP" }, finds: ["spec.sessionAffinity"] }],
  },
});
