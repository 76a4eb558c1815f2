import { allowedTypes } from "./allowed-types.ts";
import { appProtocolName } from "./app-protocol-name.ts";
import { appProtocolRequired } from "./app-protocol-required.ts";
import { cloudAnnotations } from "./cloud-annotations.ts";
import { deadSelector } from "./dead-selector.ts";
import { deletionProtection } from "./deletion-protection.ts";
import { externalIPs } from "./external-ips.ts";
import { externalNameExtras } from "./external-name-extras.ts";
import { externalNameHttps } from "./external-name-https.ts";
import { externalNames } from "./external-names.ts";
import { externalTrafficLocal } from "./external-traffic-local.ts";
import { externalTrafficPolicy } from "./external-traffic-policy.ts";
import { forbiddenAnnotations } from "./forbidden-annotations.ts";
import { forbiddenLabels } from "./forbidden-labels.ts";
import { forbiddenNamespaces } from "./forbidden-namespaces.ts";
import { headlessTargetPort } from "./headless-target-port.ts";
import { internalTrafficLocal } from "./internal-traffic-local.ts";
import { loadBalancerClassAllowed } from "./load-balancer-class-allowed.ts";
import { loadBalancerClassMissing } from "./load-balancer-class-missing.ts";
import { loadBalancerIPForbidden } from "./load-balancer-ip-forbidden.ts";
import { mixedProtocolLoadBalancer } from "./mixed-protocol-load-balancer.ts";
import { namedPorts } from "./named-ports.ts";
import { nodePortLeftOpen } from "./node-port-left-open.ts";
import { nodePortRange } from "./node-port-range.ts";
import { nodePortsForbidden } from "./node-ports-forbidden.ts";
import { portNameProtocol } from "./port-name-protocol.ts";
import { portRanges } from "./port-ranges.ts";
import { publicLoadBalancer } from "./public-load-balancer.ts";
import { publishNotReady } from "./publish-not-ready.ts";
import { requiredAnnotations } from "./required-annotations.ts";
import { requiredLabels } from "./required-labels.ts";
import { samePortTwoProtocols } from "./same-port-two-protocols.ts";
import { selectorRequired } from "./selector-required.ts";
import { serviceLinkName } from "./service-link-name.ts";
import { sessionAffinity } from "./session-affinity.ts";
import { singleStackByOmission } from "./single-stack-by-omission.ts";
import { sourceRangesRequired } from "./source-ranges-required.ts";
import { staticNodePort } from "./static-node-port.ts";
import { statusAddresses } from "./status-addresses.ts";
import { updateProtection } from "./update-protection.ts";
import { wideSelector } from "./wide-selector.ts";
import type { Rule } from "./rule.ts";

/** Every built-in rule, sorted by id. A new rule is a file in this folder, an import and an entry here. */
export const RULES: readonly Rule[] = [
  allowedTypes,
  appProtocolName,
  appProtocolRequired,
  cloudAnnotations,
  deadSelector,
  deletionProtection,
  externalIPs,
  externalNameExtras,
  externalNameHttps,
  externalNames,
  externalTrafficLocal,
  externalTrafficPolicy,
  forbiddenAnnotations,
  forbiddenLabels,
  forbiddenNamespaces,
  headlessTargetPort,
  internalTrafficLocal,
  loadBalancerClassAllowed,
  loadBalancerClassMissing,
  loadBalancerIPForbidden,
  mixedProtocolLoadBalancer,
  namedPorts,
  nodePortLeftOpen,
  nodePortRange,
  nodePortsForbidden,
  portNameProtocol,
  portRanges,
  publicLoadBalancer,
  publishNotReady,
  requiredAnnotations,
  requiredLabels,
  samePortTwoProtocols,
  selectorRequired,
  serviceLinkName,
  sessionAffinity,
  singleStackByOmission,
  sourceRangesRequired,
  staticNodePort,
  statusAddresses,
  updateProtection,
  wideSelector,
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with this id; undefined if there is none. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
