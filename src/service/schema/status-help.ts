import { IP_MODES, PROTOCOLS } from "./enum-values.ts";
import type { FieldHelp } from "./help.ts";
import { defaultText } from "./static-defaults.ts";

/** The help for the fields of `status`. */
export const STATUS_FIELDS = {
  status: { purpose: "The observed state of the Service; cleared when it is created." },
  "status.loadBalancer": { purpose: "The state of the load balancer." },
  "status.loadBalancer.ingress": {
    purpose: "The addresses where the load balancer can be reached.",
    rules: ["status-only-load-balancer"],
    wiped: "when the type is no longer LoadBalancer",
  },
  "status.loadBalancer.ingress[].ip": {
    purpose: "The IP address of the load balancer, on most clouds.",
    rules: ["ip-format", "ip-leading-zeros", "ip-mapped"],
    warnings: ["address-nonstandard", "address-not-canonical"],
  },
  "status.loadBalancer.ingress[].hostname": {
    purpose: "The host name of the load balancer, on clouds that use names.",
    rules: ["hostname-format", "hostname-is-ip"],
  },
  "status.loadBalancer.ingress[].ipMode": {
    purpose:
      "Proxy if the load balancer terminates the connection itself, VIP if packets arrive with its address as destination.",
    default: defaultText("status.loadBalancer.ingress[].ipMode"),
    values: IP_MODES,
    rules: ["unsupported-value", "ip-mode-required", "ip-mode-without-ip"],
    since: "ipMode",
  },
  "status.loadBalancer.ingress[].ports": { purpose: "The state of each port; one entry for each port of the Service." },
  "status.loadBalancer.ingress[].ports[].port": { purpose: "The port's number." },
  "status.loadBalancer.ingress[].ports[].protocol": { purpose: "The port's protocol.", values: PROTOCOLS },
  "status.loadBalancer.ingress[].ports[].error": {
    purpose: "Why the port does not work: a CamelCase word, or a name with a prefix.",
  },
  "status.conditions": {
    purpose: "The state as standard conditions; the server checks only their JSON types.",
  },
  "status.conditions[].type": { purpose: "What the condition is about." },
  "status.conditions[].status": { purpose: "True, False or Unknown." },
  "status.conditions[].observedGeneration": { purpose: "The generation of the object that the condition is based on." },
  "status.conditions[].lastTransitionTime": { purpose: "When the status last changed.", rules: ["wrong-time"] },
  "status.conditions[].reason": { purpose: "Why, in one word." },
  "status.conditions[].message": { purpose: "Why, in a sentence." },
} as const satisfies Record<string, FieldHelp>;
