import { policies } from "../policy/support.ts";

/** A policy with one rule that denies external IPs and one that warns. */
export const POLICIES = policies({
  rules: [
    { rule: "external-ips", action: "deny" },
    { rule: "named-ports", action: "warn" },
  ],
});

type Fields = Readonly<Record<string, unknown>>;

/** A review of a CREATE, as an API server writes it; `spec` and `metadata` are merged into those of a small Service. */
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

/** A review of at least this size, padded with managed fields, which no rule checks. */
export function largeReview(uid: string, kibibytes: number, spec: Fields = {}) {
  const names = Array.from({ length: kibibytes }, (_, index) => `f:${index}-${"x".repeat(1024)}`);
  const fieldsV1 = { "f:metadata": { "f:annotations": Object.fromEntries(names.map((name) => [name, {}])) } };
  const managedFields = [
    { manager: "kubectl", operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1 },
  ];
  return reviewOf(uid, { spec, metadata: { managedFields } });
}
