import {
  allowedTypes,
  externalIPs,
  publicLoadBalancer,
  sourceRangesRequired,
  statusAddresses,
} from "./exposure/index.ts";
import { externalNameExtras, externalNameHttps, externalNames } from "./external-names/index.ts";
import type { Rule } from "./kit/index.ts";
import {
  loadBalancerClassAllowed,
  loadBalancerClassMissing,
  loadBalancerIPForbidden,
  mixedProtocolLoadBalancer,
} from "./load-balancers/index.ts";
import {
  cloudAnnotations,
  forbiddenAnnotations,
  forbiddenLabels,
  forbiddenNamespaces,
  requiredAnnotations,
  requiredLabels,
  serviceLinkName,
} from "./metadata/index.ts";
import { nodePortLeftOpen, nodePortRange, nodePortsForbidden, staticNodePort } from "./node-ports/index.ts";
import {
  appProtocolName,
  appProtocolRequired,
  headlessTargetPort,
  namedPorts,
  portNameProtocol,
  portRanges,
  samePortTwoProtocols,
} from "./ports/index.ts";
import { deletionProtection, updateProtection } from "./protection/index.ts";
import { deadSelector, selectorRequired, wideSelector } from "./selectors/index.ts";
import {
  externalTrafficLocal,
  externalTrafficPolicy,
  internalTrafficLocal,
  publishNotReady,
  sessionAffinity,
  singleStackByOmission,
} from "./traffic/index.ts";

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
