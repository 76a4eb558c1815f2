/** What names Services. */
export { faultOf, type ReferenceFault } from "./resolve.ts";
