/** Rules that protect a Service from deletion and from changes. */
export { deletionProtection } from "./deletion-protection.ts";
export { updateProtection } from "./update-protection.ts";
