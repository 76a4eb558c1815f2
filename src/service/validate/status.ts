import { Path } from "../../field/index.ts";
import { parseIP } from "../../net/index.ts";
import type { Findings } from "../findings/index.ts";
import { IP_MODES, isDNSSubdomain, isOneOf, type LoadBalancerIngress, type Service } from "../schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";
import { validateIP } from "./addresses.ts";

const INGRESS = Path.root.child("status").child("loadBalancer").child("ingress");

/** Validates `status.loadBalancer` in a write of the status. Source: section "Validation", status. */
export function validateStatus(service: Service, old: Service, version: KubernetesVersion, findings: Findings): void {
  const ingress = service.status.loadBalancer.ingress ?? [];
  if (service.spec.type !== "LoadBalancer" && hasFeature(version, "statusOnlyLoadBalancer")) {
    if (ingress.length > 0)
      findings.add("status-only-load-balancer", INGRESS, ingress, { type: service.spec.type ?? "" });
    return;
  }
  const existing = new Set((old.status.loadBalancer.ingress ?? []).flatMap(({ ip }) => ip ?? []));
  for (const [i, entry] of ingress.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    validateIngress(entry, INGRESS.index(i), existing, version, findings);
  }
}

function validateIngress(
  entry: LoadBalancerIngress,
  path: Path,
  existing: ReadonlySet<string>,
  version: KubernetesVersion,
  findings: Findings,
): void {
  const { ip, ipMode, hostname } = entry;
  if (ip !== undefined) validateIP(path.child("ip"), ip, existing, version, findings);
  if (ipMode === undefined && ip !== undefined && hasFeature(version, "ipMode")) {
    findings.add("ip-mode-required", path.child("ipMode"), undefined, { allowed: IP_MODES });
  } else if (ipMode !== undefined && ip === undefined) findings.add("ip-mode-without-ip", path.child("ipMode"), ipMode);
  else if (ipMode !== undefined && !isOneOf(IP_MODES, ipMode)) {
    findings.add("unsupported-value", path.child("ipMode"), ipMode, { allowed: IP_MODES });
  }
  if (hostname === undefined) return;
  if (!isDNSSubdomain(hostname)) findings.add("hostname-format", path.child("hostname"), hostname);
  if (parseIP(hostname) !== undefined) findings.add("hostname-is-ip", path.child("hostname"), hostname);
}
