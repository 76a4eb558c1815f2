/** A policy that is wrong, and the same as it should be: its findings can be exempted by annotations. */
export const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata:
  name: team
spec:
  rules:
    - rule: no-such-rule
`;

export const TEAM = POLICY.replace("no-such-rule", "external-ips").replace("spec:", "spec:\n  allowAnnotation: true");
