/** Serving certificates from files, and a self-signed one. */
export { certificateCheck } from "./certificate-check.ts";
export { FileCredentials } from "./file-credentials.ts";
export { makeSelfSigned, type SelfSignedPair } from "./self-signed.ts";
