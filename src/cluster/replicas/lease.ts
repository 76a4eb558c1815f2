import { type JsonObject, valueAt } from "../../field/index.ts";
import { objectOf, textAt } from "../api/index.ts";

/** The prefix of the annotations that hold the replicas' entries; the replica's name follows. */
export const PREFIX = "replica.fairlead.dev/";

/** What a replica publishes: the SHA-256 fingerprints of its serving certificate and of the CA that issued it. */
export interface ServedCertificate {
  readonly certificate: string;
  readonly ca: string;
}

/** A new, empty Lease. */
export function newLease(namespace: string, name: string): JsonObject {
  return { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name, namespace }, spec: {} };
}

/** The replicas' entries as text, by annotation key. */
export function entriesOf(lease: JsonObject): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const [name, value] of Object.entries(objectOf(valueAt(lease, ["metadata", "annotations"])))) {
    if (name.startsWith(PREFIX) && typeof value === "string") entries[name] = value;
  }
  return entries;
}

/** The Lease with these entries in place of its own; all other annotations stay. */
export function withEntries(lease: JsonObject, entries: Record<string, string>): JsonObject {
  const metadata = objectOf(lease.metadata);
  const foreign = Object.entries(objectOf(metadata.annotations)).filter(([name]) => !name.startsWith(PREFIX));
  return { ...lease, metadata: { ...metadata, annotations: { ...Object.fromEntries(foreign), ...entries } } };
}

/** Parses an entry. If the replica serves nothing yet, or the entry cannot be parsed, both fingerprints are empty. */
export function servedCertificateIn(text: string): ServedCertificate {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    entry = undefined;
  }
  return { certificate: textAt(entry, "certificate") ?? "", ca: textAt(entry, "ca") ?? "" };
}

/** A Kubernetes MicroTime: RFC 3339 with microseconds. */
export function microTime(date: Date): string {
  return date.toISOString().replace(/Z$/, "000Z");
}
