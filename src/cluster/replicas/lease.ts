import { type JsonObject, valueAt } from "../../field/index.ts";
import { objectOf, textAt } from "../api/index.ts";

/** The annotations that the replicas' entries are kept in: this and the replica's name. */
export const PREFIX = "replica.fairlead.dev/";

/** What a replica lets the others know: SHA-256 fingerprints of the certificate that it serves and of that one's CA. */
export interface ServedCertificate {
  readonly certificate: string;
  readonly ca: string;
}

/** A Lease that nobody has written to yet. */
export function newLease(namespace: string, name: string): JsonObject {
  return { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name, namespace }, spec: {} };
}

/** The replicas' entries as they are written, by the annotation's name. */
export function entriesOf(lease: JsonObject): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const [name, value] of Object.entries(objectOf(valueAt(lease, ["metadata", "annotations"])))) {
    if (name.startsWith(PREFIX) && typeof value === "string") entries[name] = value;
  }
  return entries;
}

/** The Lease with these entries in place of all that it had; what else is noted on it stays. */
export function withEntries(lease: JsonObject, entries: Record<string, string>): JsonObject {
  const metadata = objectOf(lease.metadata);
  const foreign = Object.entries(objectOf(metadata.annotations)).filter(([name]) => !name.startsWith(PREFIX));
  return { ...lease, metadata: { ...metadata, annotations: { ...Object.fromEntries(foreign), ...entries } } };
}

/** An entry of a replica that serves nothing yet, or that cannot be read, names no certificate. */
export function servedCertificateIn(text: string): ServedCertificate {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    entry = undefined;
  }
  return { certificate: textAt(entry, "certificate") ?? "", ca: textAt(entry, "ca") ?? "" };
}

/** A Lease's times have microseconds. */
export function microTime(date: Date): string {
  return date.toISOString().replace(/Z$/, "000Z");
}
