import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A manifest of a Service with one port and a selector, and what is given beside; null takes a field out. */
export function manifest({ metadata = {}, spec = {}, status }: Parts = {}) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop", namespace: "team-a", ...metadata },
    spec: { selector: { app: "shop" }, ports: [{ port: 80 }], ...spec },
    ...(status && { status }),
  };
}

interface Parts {
  readonly metadata?: Fields;
  readonly spec?: Fields;
  readonly status?: Fields;
}

/** A policy of the given spec. @throws Error if it is none. */
export function policy(spec: Fields, name = "policy"): ServicePolicy {
  const reading = readPolicy({ apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec });
  if ("policy" in reading) return reading.policy;
  throw new Error(reading.problems.map(({ path, message }) => `${path.toString()}: ${message}`).join("\n"));
}

/** A set of one policy for each spec, named `a`, `b`, ... */
export function policies(...specs: readonly Fields[]): PolicySet {
  return compilePolicies(specs.map((spec, i) => policy(spec, String.fromCharCode("a".charCodeAt(0) + i))));
}

/** Judges a manifest as CI would. */
export function judgeManifest(object: unknown, overrides: Partial<JudgeRequest> = {}): Judgement {
  return judge({
    operation: "create",
    object,
    dryRun: false,
    fieldValidation: "Strict",
    cluster: PROFILES.ipv4,
    version: { minor: 36 },
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: "team-a", today: "2026-11-24" },
    ...overrides,
  });
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Every default that a policy can have for a load balancer, those of its ports aside. */
export const LOAD_BALANCER_DEFAULTS = {
  ipFamilyPolicy: "PreferDualStack",
  internalTrafficPolicy: "Local",
  externalTrafficPolicy: "Local",
  trafficDistribution: "PreferClose",
  loadBalancerClass: "example.com/internal",
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  allocateLoadBalancerNodePorts: false,
  sessionAffinity: "ClientIP",
  timeoutSeconds: 600,
  labels: { team: "a" },
  annotations: { "example.com/internal": "true" },
};

/** Whoever asks the API server. */
export const SERVER = { facts: { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: [] } } };

/** The Service as a request from the API server holds it on create: with the static defaults. */
export function fromServer(metadata: object = {}, spec: object = {}) {
  return manifest({
    metadata: { ...metadata },
    spec: {
      type: "ClusterIP",
      sessionAffinity: "None",
      internalTrafficPolicy: "Cluster",
      ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
      ...spec,
    },
  });
}

/** Metadata that says who manages which fields of the spec. */
export function managedFields(operation: "Apply" | "Update", spec: object) {
  return {
    managedFields: [
      { manager: "m", operation, apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1: { "f:spec": spec } },
    ],
  };
}

/** The defaults that were applied, in words. */
export function applied({ policy }: Judgement) {
  return policy.applied.map(({ policy: name, path, value }) => `${name} ${path.toString()} ${JSON.stringify(value)}`);
}

/** The defaults that were not, in words. */
export function skipped({ policy }: Judgement) {
  return policy.skipped.map(({ policy: name, path, reason }) => `${name} ${path.toString()}: ${reason}`);
}

/** Metadata that says what was applied last, client-side. */
export function lastApplied(spec: object) {
  return { annotations: { [LAST_APPLIED]: JSON.stringify({ spec }) } };
}

/** A policy that fills in, and what should come of it. */
export interface DefaultsCase {
  readonly name: string;
  readonly defaults?: object;
  readonly undetermined?: "keep" | "fill";
  readonly object: object;
  readonly request?: Partial<JudgeRequest>;
  readonly want: readonly string[];
}
