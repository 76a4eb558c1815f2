/** Rules about what is behind a Service: the workloads that it selects, and their ports. */
export { selectsWorkload } from "./selects-workload.ts";
