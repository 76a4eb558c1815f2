import { Path } from "../../field/index.ts";
import type { ServiceEntry } from "../model/index.ts";
import { type Claim, MAX_CLAIMS } from "./claim.ts";

const PORTS = Path.of(["spec", "ports"]);
const HEALTH_CHECK = Path.of(["spec", "healthCheckNodePort"]);

const TYPES_WITH_NODE_PORTS: ReadonlySet<string> = new Set(["NodePort", "LoadBalancer"]);

/**
 * The ports of the nodes that a Service asks for. A port number belongs to one Service whatever the protocol, and health
 * check ports are of the same range.
 */
export function nodePortClaims({ type, ports, healthCheckNodePort }: ServiceEntry): readonly Claim[] {
  if (!TYPES_WITH_NODE_PORTS.has(type)) return [];
  const claims = ports
    .slice(0, MAX_CLAIMS)
    .flatMap(({ nodePort }, index) => claimOf(nodePort, PORTS.index(index).child("nodePort")));
  return [...claims, ...claimOf(healthCheckNodePort, HEALTH_CHECK)];
}

function claimOf(found: number | undefined, path: Path): readonly Claim[] {
  return found === undefined || found === 0 ? [] : [{ key: `node-port ${found}`, path, found }];
}
