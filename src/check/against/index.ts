/** The previous state (`--against`), from files or a commit, and the old Service of each manifest. */
export { type Identity, identityOf } from "./identity.ts";
export { loadOldState } from "./load-old-services.ts";
export { namespacesOf, oldServiceOf, type Update, updateOf } from "./old-object.ts";
export { type OldService, type OldServices, type OldState, storedService } from "./old-services.ts";
