import type { ContainerPort, Labels, WorkloadEntry } from "../../../inventory/model/index.ts";

/** A workload as messages name it: `Deployment shop/web`. */
export function workloadText({ kind, namespace, name, isNamespaceOpen }: WorkloadEntry): string {
  return `${kind} ${isNamespaceOpen === true || namespace === "" ? "" : `${namespace}/`}${name}`;
}

/** The most workloads that a message names. */
const MOST = 3;

/** Several workloads: `Deployment shop/web, Deployment shop/api and 2 more`. */
export function workloadsText(workloads: readonly WorkloadEntry[]): string {
  const names = [...new Set(workloads.map(workloadText))].sort();
  const shown = names.slice(0, MOST).join(", ");
  return names.length > MOST ? `${shown} and ${names.length - MOST} more` : shown;
}

/** Labels as a selector is written on the command line: `app=web,tier=front`. */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** The ports that containers declare: `8080/TCP (http), 9090/TCP`; "none" if there are none. */
export function portsText(ports: readonly ContainerPort[]): string {
  const texts = ports.map(({ name, port, protocol }) => `${port}/${protocol}${name === undefined ? "" : ` (${name})`}`);
  return texts.length === 0 ? "none" : [...new Set(texts)].join(", ");
}
