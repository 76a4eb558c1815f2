/** What another version of the API server does otherwise with each Service. */
export { UPGRADE_OPTIONS, upgradeOptions } from "./options.ts";
export { compareManifests } from "./manifests.ts";
export { compareStored } from "./stored-services.ts";
export { pairOf, readTargetVersion, targetOf, type TargetVersion, type VersionPair } from "./target-version.ts";
