import { defaultText } from "../static-defaults.ts";
import { IP_MODES, PROTOCOLS } from "../values.ts";
import type { FieldHelp } from "./help.ts";

/** The fields of `status`. */
export const STATUS_FIELDS = {
  status: { purpose: "What has become of it; emptied when the Service is created." },
  "status.loadBalancer": { purpose: "What the load balancer gave." },
  "status.loadBalancer.ingress": {
    purpose: "Where the load balancer is reached.",
    rules: ["status-only-load-balancer"],
    wiped: "when the type is no longer LoadBalancer",
  },
  "status.loadBalancer.ingress[].ip": {
    purpose: "Its address, in most networks.",
    rules: ["ip-format", "ip-leading-zeros", "ip-mapped"],
    warnings: ["address-nonstandard", "address-not-canonical"],
  },
  "status.loadBalancer.ingress[].hostname": {
    purpose: "Its host name, on clouds that give names.",
    rules: ["hostname-format", "hostname-is-ip"],
  },
  "status.loadBalancer.ingress[].ipMode": {
    purpose: "Proxy when the balancer ends the connection itself, VIP when packets arrive with its address.",
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
    purpose: "The state in the usual form of conditions; the server looks at their JSON types only.",
  },
  "status.conditions[].type": { purpose: "What the condition is about." },
  "status.conditions[].status": { purpose: "True, False or Unknown." },
  "status.conditions[].observedGeneration": { purpose: "The generation of the object that it was seen at." },
  "status.conditions[].lastTransitionTime": { purpose: "When the status last changed.", rules: ["wrong-time"] },
  "status.conditions[].reason": { purpose: "Why, in one word." },
  "status.conditions[].message": { purpose: "Why, in a sentence." },
} as const satisfies Record<string, FieldHelp>;
