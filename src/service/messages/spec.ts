import { nearestWord } from "../../field/index.ts";
import { hostFault, hostFix } from "./host-faults.ts";
import { plainText } from "./lookalikes.ts";
import { fieldName, type Message, oneOf, slug, valueText } from "./message.ts";
import { nameFault, textFault } from "./text-faults.ts";

const PORT_NAME = { max: 63, allowed: /[a-z0-9-]/ } as const;
const TARGET_PORT_NAME = { max: 15, allowed: /[a-z0-9-]/ } as const;
const DNS_NAME = { max: 253, allowed: /[a-z0-9.-]/ } as const;

/** Values that still work, but should not be written any more, and what means the same. */
const DEPRECATED_VALUES: ReadonlyMap<string, string> = new Map([["PreferClose", "PreferSameZone"]]);

/** The valid value that a wrong one most likely means; in place of a deprecated one, what means the same. */
export function nearestValue(found: unknown, allowed: readonly string[] = []): string | undefined {
  const current = allowed.filter((value) => !allowed.includes(DEPRECATED_VALUES.get(value) ?? ""));
  const word = typeof found === "string" ? plainText(found).trim() : found;
  const nearest = nearestWord(word, current) ?? nearestWord(word, allowed);
  const successor = DEPRECATED_VALUES.get(nearest ?? "");
  return successor !== undefined && allowed.includes(successor) ? successor : nearest;
}

/** The rules of `spec`, except for addresses and updates; and those of `status`. */
export const SPEC_MESSAGES = {
  "unsupported-value": {
    reason: "FieldValueNotSupported",
    title: "an enumerated field holds one of its values",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} is ${valueText(found)}; ${textFault(found) ?? `it can be ${oneOf(facts?.allowed)}`}`,
    fix: ({ found, facts }) => {
      const word = nearestValue(found, facts?.allowed);
      if (word !== undefined) return `write ${word}`;
      return typeof found === "string" && /^headless$/i.test(found)
        ? "for a headless Service write type: ClusterIP and clusterIP: None"
        : undefined;
    },
  },
  "ports-required": {
    reason: "FieldValueRequired",
    title: "a Service has a port, unless it is headless or ExternalName",
    message: () => "the Service has no ports; only a headless one (clusterIP: None) or an ExternalName can do without",
  },
  "port-name-required": {
    reason: "FieldValueRequired",
    title: "with more than one port each has a name",
    message: () => "this port has no name; with more than one port each needs one",
    fix: () => "give it a name that says its protocol, like http or metrics",
  },
  "port-name-format": {
    reason: "FieldValueInvalid",
    title: "a port's name is a DNS label",
    message: ({ found }) =>
      `${valueText(found)} cannot be a port's name: ${nameFault(found, PORT_NAME) ?? "use lower-case letters, digits and inner hyphens, up to 63"}`,
    fix: ({ found }) => {
      const name = slug(found, 63);
      return name === undefined ? undefined : `name it ${name}`;
    },
  },
  "duplicate-port-name": {
    reason: "FieldValueDuplicate",
    title: "a port's name is unique",
    message: ({ found }) => `two ports are named ${valueText(found)}; each needs its own name`,
  },
  "duplicate-port": {
    reason: "FieldValueDuplicate",
    title: "a port's protocol and number are unique together",
    message: ({ found, facts }) =>
      `port ${valueText(found)} stands twice for ${facts?.other ?? ""}; a number may repeat only for another protocol`,
  },
  "duplicate-node-port": {
    reason: "FieldValueDuplicate",
    title: "a port's protocol and node port are unique together",
    message: ({ found, facts }) =>
      `node port ${valueText(found)} stands twice for ${facts?.other ?? ""}; a number may repeat only for another protocol`,
  },
  "port-range": {
    reason: "FieldValueInvalid",
    title: "a port number is 1 to 65535",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} is ${valueText(found)}; a port number is ${facts?.min ?? 1} to ${facts?.max ?? 65535}`,
  },
  "target-port-name": {
    reason: "FieldValueInvalid",
    title: "a target port is a number or an IANA service name",
    message: ({ found }) =>
      `${valueText(found)} cannot be a container port's name: ${nameFault(found, TARGET_PORT_NAME) ?? "use up to 15 of a-z, 0-9 and single inner hyphens, with a letter among them"}`,
    fix: ({ found }) => {
      if (typeof found === "string" && /^\d+$/.test(found)) return `leave the quotes out: ${found}`;
      if (typeof found === "string" && found.length > TARGET_PORT_NAME.max) return "rename the container's port too";
      // A name that is in lower case already is that of no container port, whatever else is changed in it.
      if (typeof found !== "string" || !/[A-Z]/.test(found)) return undefined;
      const name = slug(found, TARGET_PORT_NAME.max);
      return name === undefined || !/[a-z]/.test(name) ? undefined : `use lower case: ${name}`;
    },
  },
  "app-protocol-format": {
    reason: "FieldValueInvalid",
    title: "an application protocol is a qualified name",
    message: ({ found }) =>
      `${valueText(found)} cannot be an appProtocol: ${textFault(found) ?? "use an IANA name like https, or one with a prefix like example.com/proto"}`,
  },
  "node-port-cluster-ip": {
    reason: "FieldValueForbidden",
    title: "a ClusterIP Service has no node ports",
    message: ({ found }) => `nodePort is ${valueText(found)}, and a Service of type ClusterIP has none`,
    fix: () => "leave nodePort out, or use type NodePort or LoadBalancer",
  },
  "kubelet-port": {
    reason: "FieldValueInvalid",
    until: "kubeletPortAllowed",
    title: "a load balancer does not expose the kubelet's port",
    message: () => "port 10250 is the kubelet's, and a load balancer could open it to the world; use another number",
  },
  "external-name-required": {
    reason: "FieldValueRequired",
    title: "an ExternalName Service names its target",
    message: () => "externalName is missing; a Service of type ExternalName is an alias for it",
  },
  "external-name-format": {
    reason: "FieldValueInvalid",
    title: "an external name is a DNS name",
    message: ({ found }) =>
      `${valueText(found)} cannot be an externalName: ${hostFault(found) ?? nameFault(found, DNS_NAME) ?? "use a lower-case DNS name; one trailing dot is fine"}`,
    fix: ({ found }) => {
      const fix = hostFix(found);
      if (fix !== undefined) return fix;
      const lower = typeof found === "string" ? found.toLowerCase() : "";
      return lower === found || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.?$/.test(lower)
        ? undefined
        : `use lower case: ${lower}`;
    },
  },
  "affinity-timeout-range": {
    reason: "FieldValueInvalid",
    title: "session affinity lasts 1 second to a day",
    message: ({ found, facts }) =>
      `timeoutSeconds is ${valueText(found)}; it can be ${facts?.min ?? 1} to ${facts?.max ?? 86400} seconds (a day)`,
  },
  "only-load-balancer": {
    reason: "FieldValueForbidden",
    title: "load balancer fields are for load balancers",
    message: ({ path, facts }) =>
      `${fieldName(path)} is only for type LoadBalancer, and this Service is of type ${facts?.type ?? ""}`,
    fix: ({ path }) => `leave ${fieldName(path)} out, or use type LoadBalancer`,
  },
  "load-balancer-class-format": {
    reason: "FieldValueInvalid",
    title: "a load balancer class is a qualified name",
    message: ({ found }) =>
      `${valueText(found)} cannot be a load balancer class: ${textFault(found) ?? "use a name like internal-vip, with or without a prefix like example.com/"}`,
  },
  "external-policy-not-reachable": {
    reason: "FieldValueInvalid",
    title: "an external traffic policy is for Services that can be reached from outside",
    message: ({ facts }) =>
      `externalTrafficPolicy is set, and a Service of type ${facts?.type ?? ""} without external IPs cannot be reached from outside`,
    fix: () => "leave externalTrafficPolicy out, or use type NodePort or LoadBalancer",
  },
  "health-check-port-unused": {
    reason: "FieldValueInvalid",
    title: "a health check port is for load balancers with externalTrafficPolicy Local",
    message: ({ found }) =>
      `healthCheckNodePort is ${valueText(found)}, and only type LoadBalancer with externalTrafficPolicy: Local has one`,
    fix: () => "leave healthCheckNodePort out",
  },
  "node-port-out-of-range": {
    range: "nodePortRange",
    reason: "FieldValueInvalid",
    title: "a node port lies in the cluster's range",
    message: ({ found, facts }) =>
      `node port ${valueText(found)} is outside of the cluster's range, ${facts?.min ?? 0} to ${facts?.max ?? 0}`,
    fix: () => "leave nodePort out and let the server pick one",
  },
  "node-port-taken": {
    reason: "FieldValueInvalid",
    title: "a node port is free",
    message: ({ found }) => `node port ${valueText(found)} is taken already`,
    fix: () => "leave nodePort out and let the server pick one",
  },
  "node-port-collides": {
    serverFails: true,
    title: "in an update no two ports have one protocol and node port",
    message: ({ found, facts }) =>
      `node port ${valueText(found)} would stand twice for ${facts?.other ?? ""}, and the server fails on that`,
    fix: () => "name the ports: a stored node port goes to the port of its name",
  },
  "health-check-port-unavailable": {
    range: "nodePortRange",
    serverFails: true,
    title: "a health check port lies in the cluster's range and is free",
    message: ({ found, facts }) =>
      `healthCheckNodePort ${valueText(found)} cannot be had: it must be free and lie within ${facts?.min ?? 0} to ${facts?.max ?? 0}; the server fails on it`,
    fix: () => "leave healthCheckNodePort out and let the server pick one",
  },
  "status-only-load-balancer": {
    reason: "FieldValueForbidden",
    title: "a load balancer status is for load balancers",
    message: ({ facts }) =>
      `status.loadBalancer.ingress is only for type LoadBalancer, and this Service is of type ${facts?.type ?? ""}`,
  },
  "ip-mode-required": {
    reason: "FieldValueRequired",
    title: "an IP has an IP mode",
    message: ({ facts }) => `ip is set and ipMode is not; it can be ${oneOf(facts?.allowed)}`,
    fix: () => "write ipMode: VIP, unless the load balancer ends the connection itself (Proxy)",
  },
  "ip-mode-without-ip": {
    reason: "FieldValueForbidden",
    title: "an IP mode goes with an IP",
    message: ({ found }) => `ipMode is ${valueText(found)}, and there is no ip that it could be about`,
    fix: () => "leave ipMode out, or set ip",
  },
  "hostname-format": {
    reason: "FieldValueInvalid",
    title: "a load balancer's host name is a DNS name",
    message: ({ found }) =>
      `${valueText(found)} cannot be a host name: ${textFault(found) ?? "use a lower-case DNS name"}`,
  },
  "hostname-is-ip": {
    reason: "FieldValueInvalid",
    title: "a load balancer's host name is no address",
    message: ({ found }) => `${valueText(found)} is an address; write it as ip, not as hostname`,
  },
} as const satisfies Record<string, Message>;
