import { Path, trimSpace } from "../../field/index.ts";
import type { AllocatedValues } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import {
  isDNSSubdomain,
  hasExternalPolicy,
  isHeadless,
  isQualifiedName,
  MAX_AFFINITY_TIMEOUT,
  needsHealthCheckPort,
  NEWER_TRAFFIC_DISTRIBUTIONS,
  type Service,
  type ServiceSpec,
  SESSION_AFFINITIES,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  TYPES,
} from "../schema/index.ts";
import { hasFeature, introducedIn, type KubernetesVersion, NEWEST_KNOWN, versionText } from "../versions/index.ts";
import { validateCIDR, validateClusterIPs, validateExternalIPs } from "./addresses.ts";
import { validateLabels } from "./metadata.ts";
import { isPortNumber, validatePorts } from "./ports.ts";

const SPEC = Path.root.child("spec");
const SELECTOR = SPEC.child("selector");
const SOURCE_RANGES = SPEC.child("loadBalancerSourceRanges");
const HEALTH_CHECK_PORT = SPEC.child("healthCheckNodePort");
const ANNOTATIONS = Path.root.child("metadata").child("annotations");
const SOURCE_RANGES_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";
const TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
const TOPOLOGY_AWARE_HINTS = "service.kubernetes.io/topology-aware-hints";

const OLDER_THAN_POLICY = `a Service of type ClusterIP has one only from Kubernetes ${versionText(introducedIn("externalPolicyOfExternalIPs"))} on`;

const NOTHING_STORED: ReadonlySet<string> = new Set();

/**
 * Validates a created or updated Service, except for its metadata. Source: section "Validation" of the Service reference.
 */
export function validateService(
  service: Service,
  old: Service | undefined,
  version: KubernetesVersion,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  const { spec } = service;
  validateTopologyAnnotations(service, findings);
  validatePorts(spec, version, allocated, findings);
  validateType(spec, findings);
  validateLabels(spec.selector, SELECTOR, findings);
  validateAffinity(spec, findings);
  validateClusterIPs(spec, old?.spec, version, allocated, findings);
  validateExternalIPs(spec, old?.spec, version, findings);
  validateSourceRanges(service, old, version, findings);
  validateLoadBalancerFields(spec, findings);
  validateTrafficPolicies(spec, version, allocated, findings);
}

function validateTopologyAnnotations({ metadata }: Service, findings: Findings): void {
  const mode = metadata.annotations?.[TOPOLOGY_MODE];
  const hints = metadata.annotations?.[TOPOLOGY_AWARE_HINTS];
  if (mode !== undefined && hints !== undefined && mode !== hints) {
    findings.add("topology-annotations-differ", ANNOTATIONS.key(TOPOLOGY_MODE), mode, { other: hints });
  }
}

/** Validates `spec.type`, and what each type requires or forbids. */
function validateType(spec: ServiceSpec, findings: Findings): void {
  const { type } = spec;
  supported("type", type, TYPES, findings);
  if ((type === "LoadBalancer" || type === "NodePort") && isHeadless(spec)) {
    findings.add("headless-type", SPEC.child("clusterIPs").index(0), "None", { type });
  }
  if (type !== "ExternalName") return;
  for (const field of ["clusterIPs", "ipFamilies", "ipFamilyPolicy"] as const) {
    if (spec[field] !== undefined) findings.add("not-for-external-name", SPEC.child(field), spec[field]);
  }
  const name = (spec.externalName ?? "").replace(/\.$/, "");
  if (name === "") findings.add("external-name-required", SPEC.child("externalName"), spec.externalName);
  else if (!isDNSSubdomain(name)) findings.add("external-name-format", SPEC.child("externalName"), spec.externalName);
}

function validateAffinity(spec: ServiceSpec, findings: Findings): void {
  supported("sessionAffinity", spec.sessionAffinity, SESSION_AFFINITIES, findings);
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (spec.sessionAffinity !== "ClientIP" || seconds === undefined) return;
  if (seconds < 1 || seconds > MAX_AFFINITY_TIMEOUT) {
    const path = SPEC.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds");
    findings.add("affinity-timeout-range", path, seconds, { min: 1, max: MAX_AFFINITY_TIMEOUT });
  }
}

/** Validates the field, or, if it is empty, the annotation that is its older form. */
function validateSourceRanges(
  service: Service,
  old: Service | undefined,
  version: KubernetesVersion,
  findings: Findings,
): void {
  const { spec, metadata } = service;
  const isLoadBalancer = spec.type === "LoadBalancer";
  if (spec.loadBalancerSourceRanges !== undefined) {
    if (!isLoadBalancer) onlyLoadBalancer(SOURCE_RANGES, spec.loadBalancerSourceRanges, spec, findings);
    const existing = new Set(old?.spec.loadBalancerSourceRanges?.map((range) => trimSpace(range)));
    const bad = hasFeature(version, "sourceRangesByItem") ? "cidr-format" : "cidr-in-list-format";
    for (const [i, range] of spec.loadBalancerSourceRanges.entries()) {
      if (findings.canStop) return;
      validateCIDR(SOURCE_RANGES.index(i), trimSpace(range), existing, version, findings, bad);
    }
    return;
  }
  const annotation = metadata.annotations?.[SOURCE_RANGES_ANNOTATION];
  if (annotation === undefined) return;
  const path = ANNOTATIONS.key(SOURCE_RANGES_ANNOTATION);
  if (!isLoadBalancer) onlyLoadBalancer(path, annotation, spec, findings);
  const isUnchanged = annotation === old?.metadata.annotations?.[SOURCE_RANGES_ANNOTATION];
  if (isUnchanged || trimSpace(annotation) === "") return;
  for (const range of annotation.split(",")) {
    if (findings.canStop) return;
    validateCIDR(path, trimSpace(range), NOTHING_STORED, version, findings);
  }
}

function validateLoadBalancerFields(spec: ServiceSpec, findings: Findings): void {
  if (spec.type !== "LoadBalancer") {
    for (const field of ["allocateLoadBalancerNodePorts", "loadBalancerClass"] as const) {
      if (spec[field] !== undefined) onlyLoadBalancer(SPEC.child(field), spec[field], spec, findings);
    }
  } else if (spec.loadBalancerClass !== undefined && !isQualifiedName(spec.loadBalancerClass)) {
    findings.add("load-balancer-class-format", SPEC.child("loadBalancerClass"), spec.loadBalancerClass);
  }
}

function validateTrafficPolicies(
  spec: ServiceSpec,
  version: KubernetesVersion,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  if (hasExternalPolicy(spec, version))
    supported("externalTrafficPolicy", spec.externalTrafficPolicy, TRAFFIC_POLICIES, findings);
  else if (spec.externalTrafficPolicy !== undefined) {
    findings.add(
      "external-policy-not-reachable",
      SPEC.child("externalTrafficPolicy"),
      spec.externalTrafficPolicy,
      hasExternalPolicy(spec, NEWEST_KNOWN) ? { because: OLDER_THAN_POLICY } : typeFact(spec),
    );
  }
  validateHealthCheckPort(spec, allocated, findings);
  supported("internalTrafficPolicy", spec.internalTrafficPolicy, TRAFFIC_POLICIES, findings);
  const distributions = hasFeature(version, "preferSameTrafficDistribution")
    ? NEWER_TRAFFIC_DISTRIBUTIONS
    : TRAFFIC_DISTRIBUTIONS;
  supported("trafficDistribution", spec.trafficDistribution, distributions, findings);
}

/** In a real write an allocated port is valid; a dry run shows the next number, which may be larger than any port. */
function validateHealthCheckPort(spec: ServiceSpec, allocated: AllocatedValues, findings: Findings): void {
  const port = allocated.healthCheckPort ?? spec.healthCheckNodePort;
  if (typeof port !== "number") return;
  if (!needsHealthCheckPort(spec)) findings.add("health-check-port-unused", HEALTH_CHECK_PORT, port, typeFact(spec));
  else if (!isPortNumber(port)) findings.add("port-range", HEALTH_CHECK_PORT, port, { min: 1, max: 65535 });
}

function supported(field: string, value: string | undefined, allowed: readonly string[], findings: Findings): void {
  if (value !== undefined && !allowed.includes(value)) {
    findings.add("unsupported-value", SPEC.child(field), value, { allowed });
  }
}

function onlyLoadBalancer(path: Path, value: unknown, spec: ServiceSpec, findings: Findings): void {
  findings.add("only-load-balancer", path, value, typeFact(spec));
}

function typeFact(spec: ServiceSpec): { type: string } {
  return { type: spec.type ?? "ClusterIP" };
}
