import { policies } from "../policy/support.ts";

/** Two rules that deny, of which a Service with external addresses breaks one. */
export const POLICIES = policies({
  rules: [
    { rule: "external-ips", action: "deny" },
    { rule: "named-ports", action: "warn" },
  ],
});

type Fields = Readonly<Record<string, unknown>>;

/** The review of a create, as an API server writes it; `spec` and `metadata` are added to those of a small Service. */
export function reviewOf(uid: string, { spec = {}, metadata = {} }: { spec?: Fields; metadata?: Fields } = {}) {
  return {
    kind: "AdmissionReview",
    apiVersion: "admission.k8s.io/v1",
    request: {
      uid,
      kind: { group: "", version: "v1", kind: "Service" },
      resource: { group: "", version: "v1", resource: "services" },
      name: "shop",
      namespace: "team-a",
      operation: "CREATE",
      userInfo: { username: "somebody", groups: ["system:authenticated"] },
      object: {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "shop", namespace: "team-a", ...metadata },
        spec: { selector: { app: "shop" }, ports: [{ port: 80 }], ...spec },
      },
      oldObject: null,
      dryRun: false,
    },
  };
}

/** The same of so many KiB and more, by managed fields, which are in no rule's way. */
export function largeReview(uid: string, kibibytes: number, spec: Fields = {}) {
  const names = Array.from({ length: kibibytes }, (_, index) => `f:${index}-${"x".repeat(1024)}`);
  const fieldsV1 = { "f:metadata": { "f:annotations": Object.fromEntries(names.map((name) => [name, {}])) } };
  const managedFields = [
    { manager: "kubectl", operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1 },
  ];
  return reviewOf(uid, { spec, metadata: { managedFields } });
}
