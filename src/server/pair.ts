import { createPrivateKey, X509Certificate } from "node:crypto";
import type { ServingPair } from "./credentials.ts";

/**
 * Checks that certificate and key can be read and belong to each other, before anything is served with them.
 * @returns what is wrong, in words; undefined if nothing is.
 */
export function problemOfPair({ certificate, key }: ServingPair): string | undefined {
  try {
    const leaf = new X509Certificate(certificate);
    return leaf.checkPrivateKey(createPrivateKey(key)) ? undefined : "the key does not belong to the certificate";
  } catch (error) {
    return `certificate or key is no valid PEM: ${error instanceof Error ? error.message : String(error)}`;
  }
}
