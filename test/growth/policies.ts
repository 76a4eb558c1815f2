import { compilePolicies } from "#src/policy/compile/compile.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { policy } from "../policy/support.ts";

/** Policies with each rule as its examples have it, exemptions, annotations that may exempt, and defaults. */
export function everyPolicy(): PolicySet {
  const rules = RULES.flatMap(({ id, examples }) =>
    [...examples.good, ...examples.bad].map(({ parameters }) => ({ rule: id, ...(parameters && { parameters }) })),
  );
  return compilePolicies([
    policy({ allowAnnotation: true, rules }, "annotations-exempt"),
    policy({ exempt: EXEMPT, rules, undetermined: "fill", defaults: DEFAULTS }, "everything"),
    policy(
      { rules, defaults: { ...DEFAULTS, type: "NodePort", ports: [{ name: "n*", appProtocol: "https" }] } },
      "other",
    ),
  ]);
}

const EXEMPT = [
  { users: ["nobody-*"], reason: "none" },
  { names: ["nothing-*"], reason: "none" },
  { namespaces: ["team-*"], rules: ["named-ports"], reason: "moving", expires: "2020-01-01" },
];

const DEFAULTS = {
  type: "LoadBalancer",
  ipFamilyPolicy: "PreferDualStack",
  externalTrafficPolicy: "Local",
  sessionAffinity: "ClientIP",
  timeoutSeconds: 60,
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  ports: [
    { name: "n*", protocol: "UDP", appProtocol: "http" },
    { port: 1, protocol: "SCTP" },
  ],
  labels: { team: "a" },
  annotations: { note: "b" },
};
