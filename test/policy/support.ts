import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import type { ServicePolicy } from "#src/policy/schema/document.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A manifest of a Service with one port and a selector, with these parts merged in; null removes a field. */
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

/** A policy with this spec. @throws Error if the spec is not valid */
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

/** Every default that a policy can have for a load balancer, except those of its ports. */
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

/** The facts of a request that came through the API server, sent by a user. */
export const SERVER = { facts: { namespace: "team-a", today: "2026-11-24", user: { name: "jo", groups: [] } } };

/** The Service as the API server sends it on create: with the static defaults. */
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

/** Metadata whose `managedFields` list these fields of the spec. */
export function managedFields(operation: "Apply" | "Update", spec: object) {
  return {
    managedFields: [
      { manager: "m", operation, apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1: { "f:spec": spec } },
    ],
  };
}

/** The applied defaults, one line of text each. */
export function applied({ policy }: Judgement) {
  return policy.applied.map(({ policy: name, path, value }) => `${name} ${path.toString()} ${JSON.stringify(value)}`);
}

/** The skipped defaults, one line of text each. */
export function skipped({ policy }: Judgement) {
  return policy.skipped.map(({ policy: name, path, reason }) => `${name} ${path.toString()}: ${reason}`);
}

/** Metadata with the annotation of a client-side apply of this spec. */
export function lastApplied(spec: object) {
  return { annotations: { [LAST_APPLIED]: JSON.stringify({ spec }) } };
}

/** A policy with defaults, an object, and the defaults that must be applied to it. */
export interface DefaultsCase {
  readonly name: string;
  readonly defaults?: object;
  readonly undetermined?: "keep" | "fill";
  readonly object: object;
  readonly request?: Partial<JudgeRequest>;
  readonly want: readonly string[];
}
