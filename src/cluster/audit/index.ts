/** What a cluster has already, read once to be judged. */
export { readCluster, type ReadCluster, type ReadOptions } from "./read-cluster.ts";
