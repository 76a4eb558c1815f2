/** Cluster IPs, IP families and node ports: what an update carries over and what is allocated. */
export { allocate, type Allocation } from "./allocate.ts";
export type { AllocationContext } from "./context.ts";
