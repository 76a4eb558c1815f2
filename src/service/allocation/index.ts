/** Cluster IPs, IP families and node ports: what an update carries over and what is allocated. */
export { allocate } from "./allocate.ts";
export type { AllocationContext } from "./context.ts";
