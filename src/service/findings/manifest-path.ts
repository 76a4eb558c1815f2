import { Path, valueAt } from "../../field/index.ts";
import type { Finding } from "./finding.ts";

const CLUSTER_IP = Path.root.child("spec").child("clusterIP");
const PRIMARY_FAMILY = Path.root.child("spec").child("ipFamilies").index(0);

/**
 * The finding with the path of the field that the user wrote. The server fills `clusterIPs` from `clusterIP` and then
 * reports `clusterIPs` only; if the manifest has only `clusterIP`, that is the field to change.
 */
export function atManifestPath(finding: Finding, manifest: unknown): Finding {
  const { path } = finding;
  if (!isClusterIPs(path) && !isClusterIPs(path.parent)) return finding;
  // The stored address is nowhere in the manifest: the family that it asks for is.
  if (finding.code === "primary-family-immutable") return { ...finding, path: PRIMARY_FAMILY, reported: finding.path };
  const list = valueAt(manifest, ["spec", "clusterIPs"]);
  const hasList = Array.isArray(list) && list.length > 0;
  if (hasList || typeof valueAt(manifest, CLUSTER_IP.keys()) !== "string") return finding;
  return { ...finding, path: CLUSTER_IP, reported: finding.path };
}

function isClusterIPs(path: Path | undefined): boolean {
  return path?.step === "clusterIPs" && path.parent?.step === "spec" && path.parent.parent === Path.root;
}
