import type { PortEntry, ReferenceEntry, ServiceEntry } from "../model/index.ts";

/** The ports of a Service as messages name them: `80/TCP (http), 443/TCP (https)`; `none` if it has none. */
export function listPorts(ports: readonly PortEntry[]): string {
  const texts = ports.map(({ name, port, protocol }) => `${port}/${protocol}${name === undefined ? "" : ` (${name})`}`);
  return texts.length === 0 ? "none" : [...new Set(texts)].join(", ");
}

/** Whether the Service has the port that the reference names. */
export function hasPort(service: ServiceEntry, { port, group, kind }: ReferenceEntry): boolean {
  if (port === undefined || service.arePortsOpen === true) return true;
  const { ports } = service;
  if (group === "route.openshift.io" && kind === "Route") return hasTargetPort(service, port);
  if (typeof port === "string") return ports.some(({ name }) => name === port);
  // The host that an ExternalName stands for has whatever ports it has: ingress-nginx and Traefik connect to any number. Of a
  // headless Service without ports, the Pods themselves are meant.
  if (service.type === "ExternalName" || (service.isHeadless && ports.length === 0)) return true;
  return ports.some((one) => one.port === port);
}

/**
 * Whether one of the Service's endpoints may have the port that a Route names: a router compares it with the names of the endpoints'
 * ports, which are those of the Service's ports, and with their numbers, which are those of the containers.
 */
function hasTargetPort({ ports, selector, type }: ServiceEntry, port: number | string): boolean {
  if (type === "ExternalName" || ports.some(({ name }) => name === port)) return true;
  const number = Number(port);
  if (!Number.isInteger(number)) return false;
  // Without a selector, somebody else writes the endpoints; and only containers say which number a name is.
  return (
    selector === undefined ||
    ports.some((one) => typeof one.targetPort === "string" || (one.targetPort ?? one.port) === number)
  );
}
