/** The state before, and the old Service of each manifest. */
export { type Identity, identityOf } from "./identity.ts";
export { namespacesOf, oldServiceOf, type Update, updateOf } from "./old-object.ts";
export {
  type OldService,
  type OldServices,
  type OldState,
  type OldText,
  readOldState,
  storedService,
} from "./old-services.ts";
