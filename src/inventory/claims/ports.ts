import type { ServiceEntry } from "../model/index.ts";

/** Whether two Services have a port number with the same protocol: no address can serve both of them then. */
export function sharePort(one: ServiceEntry, other: ServiceEntry): boolean {
  const ports = new Set(one.ports.map(({ port, protocol }) => `${port}/${protocol}`));
  return other.ports.some(({ port, protocol }) => ports.has(`${port}/${protocol}`));
}
