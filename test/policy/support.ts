import { judge, type Judgement, type JudgeRequest } from "../../src/engine.ts";
import {
  NO_POLICIES,
  readPolicy,
  compilePolicies,
  type PolicySet,
  type ServicePolicy,
} from "../../src/policy/index.ts";
import { PROFILES } from "../../src/service/cluster.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A manifest of a Service with one port and a selector, and what is given beside; null takes a field out. */
export function manifest({ metadata = {}, spec = {} }: { readonly metadata?: Fields; readonly spec?: Fields } = {}) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop", namespace: "team-a", ...metadata },
    spec: { selector: { app: "shop" }, ports: [{ port: 80 }], ...spec },
  };
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
