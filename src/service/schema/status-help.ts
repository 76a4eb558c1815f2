import { IP_MODES, PROTOCOLS } from "./enum-values.ts";
import type { FieldHelp } from "./help.ts";
import { defaultText } from "./static-defaults.ts";

const WITH_CREATE = "when the Service is created";
const WITH_TYPE = `${WITH_CREATE}; when the type is no longer LoadBalancer`;

/** The help for the fields of `status`. */
export const STATUS_FIELDS = {
  status: {
    purpose: "The observed state of the Service. Only a write of the subresource status changes it.",
    wiped: WITH_CREATE,
  },
  "status.loadBalancer": { purpose: "The state of the load balancer.", wiped: WITH_TYPE },
  "status.loadBalancer.ingress": {
    purpose: "The addresses where the load balancer can be reached.",
    rules: ["status-only-load-balancer"],
    wiped: WITH_TYPE,
  },
  "status.loadBalancer.ingress[].ip": {
    purpose: "The IP address of the load balancer, on most clouds.",
    rules: ["ip-format", "ip-leading-zeros", "ip-mapped"],
    warnings: ["address-nonstandard", "address-not-canonical"],
    wiped: WITH_TYPE,
  },
  "status.loadBalancer.ingress[].hostname": {
    purpose: "The host name of the load balancer, on clouds that use names.",
    rules: ["hostname-format", "hostname-is-ip"],
    wiped: WITH_TYPE,
  },
  "status.loadBalancer.ingress[].ipMode": {
    purpose:
      "Proxy if the load balancer terminates the connection itself, VIP if packets arrive with its address as destination.",
    default: defaultText("status.loadBalancer.ingress[].ipMode"),
    values: IP_MODES,
    rules: ["unsupported-value", "ip-mode-required", "ip-mode-without-ip"],
    since: "ipMode",
    wiped: WITH_TYPE,
  },
  "status.loadBalancer.ingress[].ports": {
    purpose: "The state of each port; one entry for each port of the Service.",
    wiped: WITH_TYPE,
  },
  "status.loadBalancer.ingress[].ports[].port": { purpose: "The port's number.", wiped: WITH_TYPE },
  "status.loadBalancer.ingress[].ports[].protocol": {
    purpose: "The port's protocol.",
    values: PROTOCOLS,
    wiped: WITH_TYPE,
  },
  "status.loadBalancer.ingress[].ports[].error": {
    purpose: "Why the port does not work: a CamelCase word, or a name with a prefix.",
    wiped: WITH_TYPE,
  },
  "status.conditions": {
    purpose: "The state as standard conditions; the server checks only their JSON types.",
    wiped: WITH_CREATE,
  },
  "status.conditions[].type": { purpose: "What the condition is about.", wiped: WITH_CREATE },
  "status.conditions[].status": { purpose: "True, False or Unknown.", wiped: WITH_CREATE },
  "status.conditions[].observedGeneration": {
    purpose: "The generation of the object that the condition is based on.",
    wiped: WITH_CREATE,
  },
  "status.conditions[].lastTransitionTime": {
    purpose: "When the status last changed.",
    rules: ["wrong-time"],
    wiped: WITH_CREATE,
  },
  "status.conditions[].reason": { purpose: "Why, in one word.", wiped: WITH_CREATE },
  "status.conditions[].message": { purpose: "Why, in a sentence.", wiped: WITH_CREATE },
} as const satisfies Record<string, FieldHelp>;
