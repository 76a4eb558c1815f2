import { Path } from "../../field/index.ts";
import type { Findings } from "../findings/index.ts";
import { isHeadless, needsHealthCheckPort, type Service, type ServiceSpec } from "../schema/index.ts";
import { validateMetadataUpdate } from "./metadata.ts";

const SPEC = Path.root.child("spec");

/** Validates that immutable fields do not change. Source: section "Updates", the immutable fields. */
export function validateUpdate(service: Service, old: Service, findings: Findings): void {
  validateMetadataUpdate(service.metadata, old.metadata, findings);
  const { spec } = service;
  if (spec.type !== "ExternalName" && old.spec.type !== "ExternalName") {
    if (!(isHeadless(spec) && isHeadless(old.spec))) validateAddressChange(spec, old.spec, "clusterIPs", findings);
    if (!isHeadless(spec) && !isHeadless(old.spec)) validateAddressChange(spec, old.spec, "ipFamilies", findings);
  }
  if (
    spec.type === "LoadBalancer" &&
    old.spec.type === "LoadBalancer" &&
    spec.loadBalancerClass !== old.spec.loadBalancerClass
  ) {
    immutable(SPEC.child("loadBalancerClass"), spec.loadBalancerClass, old.spec.loadBalancerClass, findings);
  }
  const bothNeedIt = needsHealthCheckPort(spec) && needsHealthCheckPort(old.spec);
  if (bothNeedIt && spec.healthCheckNodePort !== old.spec.healthCheckNodePort) {
    const other = String(old.spec.healthCheckNodePort ?? "nothing");
    findings.add("health-check-port-immutable", SPEC.child("healthCheckNodePort"), spec.healthCheckNodePort, { other });
  }
}

/** The first entry cannot change; the second one may be added, and removed only with `SingleStack`. */
function validateAddressChange(
  spec: ServiceSpec,
  old: ServiceSpec,
  field: "clusterIPs" | "ipFamilies",
  findings: Findings,
): void {
  const [after, before] = [spec[field] ?? [], old[field] ?? []];
  const path = SPEC.child(field);
  if (before.length > 0 && (spec.clusterIPs ?? []).length === 0 && after.length < before.length) {
    findings.add("primary-unset", path.index(0), after, { other: before[0] ?? "" });
  }
  const common = before.length === after.length ? before.length : Math.min(1, before.length, after.length);
  for (let i = 0; i < common; i++) {
    if (before[i] !== after[i]) {
      // The server reports the first family, whichever of them changed.
      immutable(path.index(field === "ipFamilies" ? 0 : i), after[i], before[i], findings);
    }
  }
  if (before.length > after.length && after.length === 1 && spec.ipFamilyPolicy !== "SingleStack") {
    findings.add("downgrade-without-single-stack", SPEC.child("ipFamilyPolicy"), spec.ipFamilyPolicy, {
      other: `spec.${field}`,
    });
  }
}

function immutable(path: Path, found: string | undefined, stored: string | undefined, findings: Findings): void {
  findings.add("immutable", path, found, stored === undefined ? {} : { other: stored });
}
