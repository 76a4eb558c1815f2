/** Serving certificates: from files, or self-signed. */
export { certificateCheck } from "./certificate-check.ts";
export { FileCredentials } from "./file-credentials.ts";
export { makeSelfSigned, type SelfSignedPair } from "./self-signed.ts";
