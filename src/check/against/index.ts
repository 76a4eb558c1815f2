/** The previous state (`--against`), from files or a commit, and the old Service of each manifest. */
export { type Identity, identityOf } from "./identity.ts";
export { loadOldServices } from "./load-old-services.ts";
export { oldServiceOf, updateOf } from "./old-object.ts";
export type { OldService, OldServices } from "./old-services.ts";
