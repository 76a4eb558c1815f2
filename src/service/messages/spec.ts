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
    title: "a value is not one of those that the field accepts",
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
    title: "a Service has no ports",
    message: () =>
      "the Service has no ports; only a headless Service (clusterIP: None) or an ExternalName may have none",
  },
  "port-name-required": {
    reason: "FieldValueRequired",
    title: "one of several ports has no name",
    message: () => "this port has no name; if there is more than one port, each needs a name",
    fix: () => "give it a name such as http or metrics",
  },
  "port-name-format": {
    reason: "FieldValueInvalid",
    title: "the name of a port is not a DNS label",
    message: ({ found }) =>
      `${valueText(found)} cannot be a port's name: ${nameFault(found, PORT_NAME) ?? "use lower-case letters, digits and inner hyphens, up to 63"}`,
    fix: ({ found }) => {
      const name = slug(found, 63);
      return name === undefined ? undefined : `name it ${name}`;
    },
  },
  "duplicate-port-name": {
    reason: "FieldValueDuplicate",
    title: "two ports have the same name",
    message: ({ found }) => `two ports are named ${valueText(found)}; names must be unique`,
  },
  "duplicate-port": {
    reason: "FieldValueDuplicate",
    title: "two ports have the same number and protocol",
    message: ({ found, facts }) =>
      `port ${valueText(found)} occurs twice for ${facts?.other ?? ""}; use another number or another protocol`,
  },
  "duplicate-node-port": {
    reason: "FieldValueDuplicate",
    title: "two ports have the same node port and protocol",
    message: ({ found, facts }) =>
      `node port ${valueText(found)} occurs twice for ${facts?.other ?? ""}; use another number or another protocol`,
  },
  "port-range": {
    reason: "FieldValueInvalid",
    title: "a port number is not between 1 and 65535",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} is ${valueText(found)}; a port number is ${facts?.min ?? 1} to ${facts?.max ?? 65535}`,
  },
  "target-port-name": {
    reason: "FieldValueInvalid",
    title: "the name of a target port is not an IANA service name",
    message: ({ found }) =>
      `${valueText(found)} cannot be a container port's name: ${nameFault(found, TARGET_PORT_NAME) ?? "use up to 15 of a-z, 0-9 and single inner hyphens, with at least one letter"}`,
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
    title: "an appProtocol is not a qualified name",
    message: ({ found }) =>
      `${valueText(found)} cannot be an appProtocol: ${textFault(found) ?? "use an IANA name like https, or one with a prefix like example.com/proto"}`,
  },
  "node-port-cluster-ip": {
    reason: "FieldValueForbidden",
    title: "a ClusterIP Service has a node port",
    message: ({ found }) => `nodePort is ${valueText(found)}, but a Service of type ClusterIP has no node ports`,
    fix: () => "leave nodePort out, or use type NodePort or LoadBalancer",
  },
  "kubelet-port": {
    reason: "FieldValueInvalid",
    until: "kubeletPortAllowed",
    title: "a load balancer exposes the kubelet's port",
    message: () =>
      "port 10250 is the kubelet's, and a load balancer could expose it to the internet; use another number",
  },
  "external-name-required": {
    reason: "FieldValueRequired",
    title: "an ExternalName Service has no externalName",
    message: () => "externalName is missing; a Service of type ExternalName is an alias for it",
  },
  "external-name-format": {
    reason: "FieldValueInvalid",
    title: "an externalName is not a DNS name",
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
    title: "the timeout of session affinity is not between 1 second and a day",
    message: ({ found, facts }) =>
      `timeoutSeconds is ${valueText(found)}; it must be ${facts?.min ?? 1} to ${facts?.max ?? 86400} seconds (a day)`,
  },
  "only-load-balancer": {
    reason: "FieldValueForbidden",
    title: "a load balancer field is set on another type",
    message: ({ path, facts }) =>
      `${fieldName(path)} is only for type LoadBalancer, and this Service is of type ${facts?.type ?? ""}`,
    fix: ({ path }) => `leave ${fieldName(path)} out, or use type LoadBalancer`,
  },
  "load-balancer-class-format": {
    reason: "FieldValueInvalid",
    title: "a load balancer class is not a qualified name",
    message: ({ found }) =>
      `${valueText(found)} cannot be a load balancer class: ${textFault(found) ?? "use a name like internal-vip, with or without a prefix like example.com/"}`,
  },
  "external-policy-not-reachable": {
    reason: "FieldValueInvalid",
    title: "externalTrafficPolicy is set on a Service that cannot be reached from outside",
    message: ({ facts }) =>
      `externalTrafficPolicy is set, but ${facts?.because ?? `a Service of type ${facts?.type ?? ""} without external IPs cannot be reached from outside`}`,
    fix: () => "leave externalTrafficPolicy out, or use type NodePort or LoadBalancer",
  },
  "health-check-port-unused": {
    reason: "FieldValueInvalid",
    title: "healthCheckNodePort is set without externalTrafficPolicy Local",
    message: ({ found }) =>
      `healthCheckNodePort is ${valueText(found)}, but only type LoadBalancer with externalTrafficPolicy: Local has one`,
    fix: () => "leave healthCheckNodePort out",
  },
  "node-port-out-of-range": {
    range: "nodePortRange",
    reason: "FieldValueInvalid",
    title: "a node port is outside the cluster's range",
    message: ({ found, facts }) =>
      `node port ${valueText(found)} is outside the cluster's range, ${facts?.min ?? 0} to ${facts?.max ?? 0}`,
    fix: () => "leave nodePort out and let the API server allocate one",
  },
  "node-port-taken": {
    reason: "FieldValueInvalid",
    title: "a node port is already allocated",
    message: ({ found }) => `node port ${valueText(found)} is already allocated`,
    fix: () => "leave nodePort out and let the API server allocate one",
  },
  "node-port-collides": {
    serverFails: true,
    title: "an update gives two ports the same node port and protocol",
    message: ({ found, facts }) =>
      `node port ${valueText(found)} would occur twice for ${facts?.other ?? ""}, and the API server fails with an internal error`,
    fix: () => "name the ports: stored node ports are matched to ports by name",
  },
  "health-check-port-unavailable": {
    range: "nodePortRange",
    serverFails: true,
    title: "a health check node port cannot be allocated",
    message: ({ found, facts }) =>
      `healthCheckNodePort ${valueText(found)} cannot be allocated: it must be free and within ${facts?.min ?? 0} to ${facts?.max ?? 0}; the API server fails with an internal error`,
    fix: () => "leave healthCheckNodePort out and let the API server allocate one",
  },
  "status-only-load-balancer": {
    reason: "FieldValueForbidden",
    since: "statusOnlyLoadBalancer",
    title: "a load balancer status is set on another type",
    message: ({ facts }) =>
      `status.loadBalancer.ingress is only for type LoadBalancer, and this Service is of type ${facts?.type ?? ""}`,
  },
  "ip-mode-required": {
    reason: "FieldValueRequired",
    title: "the status has an ip without an ipMode",
    message: ({ facts }) => `ip is set but ipMode is not; it must be ${oneOf(facts?.allowed)}`,
    fix: () => "write ipMode: VIP, unless the load balancer terminates connections itself (Proxy)",
  },
  "ip-mode-without-ip": {
    reason: "FieldValueForbidden",
    title: "the status has an ipMode without an ip",
    message: ({ found }) => `ipMode is ${valueText(found)}, but there is no ip`,
    fix: () => "leave ipMode out, or set ip",
  },
  "hostname-format": {
    reason: "FieldValueInvalid",
    title: "the hostname of a load balancer is not a DNS name",
    message: ({ found }) =>
      `${valueText(found)} cannot be a host name: ${textFault(found) ?? "use a lower-case DNS name"}`,
  },
  "hostname-is-ip": {
    reason: "FieldValueInvalid",
    title: "the hostname of a load balancer is an address",
    message: ({ found }) => `${valueText(found)} is an address; write it as ip, not as hostname`,
  },
} as const satisfies Record<string, Message>;
