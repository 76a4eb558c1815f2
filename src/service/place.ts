import { valueAt } from "../field/json.ts";
import { Path } from "../field/path.ts";
import type { Finding } from "./finding.ts";

const CLUSTER_IP = Path.root.child("spec").child("clusterIP");
const CLUSTER_IPS = "spec.clusterIPs";

/**
 * The finding at the word that the user wrote. The server fills `clusterIPs` from `clusterIP` and then speaks of the
 * first alone; where the user wrote only the second, that is what is to be changed.
 */
export function atUsersWord(finding: Finding, given: unknown): Finding {
  if (!finding.path.toString().startsWith(CLUSTER_IPS)) return finding;
  const list = valueAt(given, ["spec", "clusterIPs"]);
  const hasList = Array.isArray(list) && list.length > 0;
  if (hasList || typeof valueAt(given, CLUSTER_IP.keys()) !== "string") return finding;
  return { ...finding, path: CLUSTER_IP, reported: finding.path };
}
