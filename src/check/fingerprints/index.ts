/** What identifies findings across runs. */
export { Fingerprints, portablePath } from "./fingerprint.ts";
export { type FileResult, withFingerprints } from "./fingerprinted.ts";
