import { Path } from "../../field/index.ts";
import { contains, parseCIDR, parseIP } from "../../net/index.ts";
import type { ExternalIPPolicy } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import type { Service } from "../schema/index.ts";
import type { PluginRequest } from "./admission-plugin.ts";

const EXTERNAL_IPS = Path.root.child("spec").child("externalIPs");

/**
 * OpenShift's plugin `network.openshift.io/ExternalIPRanger`: which external IPs a Service may have. It judges every write,
 * one of the status too, whether or not the addresses are new, but admits users who may create `service/externalips` in
 * the API group network.openshift.io: that only the cluster knows. Source: openshift/kubernetes,
 * openshift-kube-apiserver/admission/network/externalipranger/externalip_admission.go; its configuration is made by
 * openshift/cluster-kube-apiserver-operator, pkg/operator/configobservation/network/observe_network.go.
 */
export function externalIPRanger({ service, old, cluster }: PluginRequest, findings: Findings): void {
  const { externalIPPolicy: policy } = cluster;
  const { externalIPs = [] } = service.spec;
  if (policy === undefined || externalIPs.length === 0) return;
  const assigned = assignedAddress(service, old, policy);
  const { allowedCIDRs: allowed = [], rejectedCIDRs: rejected = [] } = policy;
  if (allowed.length === 0 && rejected.length === 0) {
    const isOnlyAssigned = externalIPs.length === 1 && externalIPs[0] === assigned;
    if (!isOnlyAssigned) findings.add("external-ips-disabled", EXTERNAL_IPS, externalIPs);
    return;
  }
  for (const [i, text] of externalIPs.entries()) {
    if (findings.canStop) return;
    const ip = parseIP(text);
    const holdsIP = (range: string): boolean => {
      const cidr = parseCIDR(range);
      return ip !== undefined && cidr !== undefined && contains(cidr, ip);
    };
    const at = EXTERNAL_IPS.index(i);
    // An address that cannot be read is refused even if the cluster has assigned it.
    if (ip === undefined) findings.add("external-ip-not-allowed", at, text);
    else if (text === assigned) continue;
    else {
      const rejecting = rejected.find(holdsIP);
      if (rejecting !== undefined) findings.add("external-ip-not-allowed", at, text, { other: rejecting });
      else if (allowed.length > 0 && !allowed.some(holdsIP)) {
        findings.add("external-ip-not-allowed", at, text, { allowed });
      }
    }
  }
}

/** The address that the cluster has assigned to a stored load balancer, which the policy does not concern. */
function assignedAddress(
  { spec }: Service,
  old: Service | undefined,
  { autoAssignCIDRs = [] }: ExternalIPPolicy,
): string | undefined {
  if (autoAssignCIDRs.length === 0 || spec.type !== "LoadBalancer") return undefined;
  return old?.status.loadBalancer.ingress?.[0]?.ip;
}
