import { Path, valueAt } from "../../field/index.ts";
import { canonicalAddress } from "../../inventory/claims/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { KeyPath, Region } from "../../text/document/index.ts";

/** The rules about what a cluster has only once. */
export type ClaimRule = "duplicate-name" | "node-port-twice" | "cluster-ip-twice" | "external-ip-twice";

/** A request of a manifest for something that a cluster has only once: a name, a node port, an address. */
export interface Claim {
  readonly rule: ClaimRule;
  /** Equal for all claims to the same thing. */
  readonly key: string;
  /** The claimed thing, as messages name it. */
  readonly description: string;
  readonly field: string;
  /** The location of the claim, relative to the manifest. */
  readonly keys: KeyPath;
}

/** A claim with its location in a file. */
export interface LocatedClaim extends Omit<Claim, "keys"> {
  readonly region: Region;
}

/**
 * The most pairs of external IP and port of one Service that are compared with those of other Services: each address is
 * combined with each port, and no cluster would route more.
 */
const MAX_PAIRS = 1000;

/**
 * The claims of a Service.
 * @param manifest the manifest as written
 * @param service the same Service, decoded
 * @param isDryRun whether nothing is allocated: then the next Service is given the same port or address
 */
export function claimsOf(manifest: unknown, service: Service, isDryRun = false): Claim[] {
  const { name, namespace = "" } = service.metadata;
  const claims: Claim[] = [];
  if (name !== undefined && name !== "") {
    const description = `the Service ${namespace}/${name}`;
    claims.push({
      rule: "duplicate-name",
      key: `${namespace}/${name}`,
      description,
      field: "metadata.name",
      keys: ["metadata", "name"],
    });
  }
  if (isDryRun) return claims;
  return [...claims, ...portClaims(service), ...addressClaims(manifest, service)];
}

const TYPES_WITH_NODE_PORTS: ReadonlySet<string | undefined> = new Set(["NodePort", "LoadBalancer"]);

/**
 * Of a Service of another type, the API server refuses a node port and allocates none. Health check ports are allocated from the same range, and a port number belongs to one Service whatever the protocol.
 */
function portClaims({ spec }: Service): Claim[] {
  if (!TYPES_WITH_NODE_PORTS.has(spec.type)) return [];
  const claims = (spec.ports ?? []).map(({ nodePort }, index) =>
    portClaim(nodePort, ["spec", "ports", index, "nodePort"]),
  );
  return [...claims, portClaim(spec.healthCheckNodePort, ["spec", "healthCheckNodePort"])].flat();
}

function portClaim(port: number | undefined, keys: KeyPath): Claim[] {
  if (port === undefined || port === 0) return [];
  const field = Path.of(keys).toString();
  return [{ rule: "node-port-twice", key: String(port), description: `the node port ${port}`, field, keys }];
}

function addressClaims(manifest: unknown, { spec }: Service): Claim[] {
  const second = valueAt(manifest, ["spec", "clusterIPs", 1]);
  const claims = [
    ...clusterClaim(valueAt(manifest, ["spec", "clusterIP"]), ["spec", "clusterIP"]),
    ...clusterClaim(second, ["spec", "clusterIPs", 1]),
  ];
  let pairs = 0;
  for (const [index, address] of (spec.externalIPs ?? []).entries()) {
    for (const { port, protocol = "TCP" } of spec.ports ?? []) {
      if (++pairs > MAX_PAIRS) return claims;
      const description = `the external IP ${address} with port ${port}/${protocol}`;
      const keys = ["spec", "externalIPs", index];
      const key = `${canonicalAddress(address)} ${port}/${protocol}`;
      claims.push({ rule: "external-ip-twice", key, description, field: Path.of(keys).toString(), keys });
    }
  }
  return claims;
}

function clusterClaim(address: unknown, keys: KeyPath): Claim[] {
  if (typeof address !== "string" || address === "" || address === "None") return [];
  const description = `the cluster IP ${address}`;
  return [
    { rule: "cluster-ip-twice", key: canonicalAddress(address), description, field: Path.of(keys).toString(), keys },
  ];
}
