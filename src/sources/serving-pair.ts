import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import type { ServingPair } from "./credentials.ts";

/** The TLS options to serve a pair with. The check of a pair and the server use the same ones. */
export function secureContextOptions({ certificate, key }: ServingPair) {
  return { minVersion: "TLSv1.2", cert: certificate, key } as const;
}

/** The curves that TLS 1.3 clients such as the API server support, by OpenSSL's name: with any other one, the handshake fails. */
const CURVES = new Map([
  ["prime256v1", "P-256"],
  ["secp384r1", "P-384"],
  ["secp521r1", "P-521"],
]);
const KEY_TYPES = ["rsa", "rsa-pss", "ed25519"];

/**
 * Checks a pair before it is used: certificate and key can be read and belong together, clients can use them, and
 * OpenSSL accepts them.
 * @returns the problem, as text; undefined if there is none
 */
export function problemOfPair(pair: ServingPair): string | undefined {
  try {
    const leaf = new X509Certificate(pair.certificate);
    const key = createPrivateKey(pair.key);
    if (!leaf.checkPrivateKey(key)) return "the key does not belong to the certificate";
    return problemOfKeyType(key) ?? problemOfSignature(leaf) ?? problemInOpenSSL(pair);
  } catch (error) {
    return `certificate or key is not valid PEM, or the key is encrypted: ${messageOf(error)}`;
  }
}

/**
 * Checks whether OpenSSL accepts the pair. Only this check covers the key size and the other certificates of the chain.
 * @returns the problem, as text; undefined if there is none
 */
function problemInOpenSSL(pair: ServingPair): string | undefined {
  try {
    createSecureContext(secureContextOptions(pair));
    return undefined;
  } catch (error) {
    return `OpenSSL refuses to serve with certificate and key: ${messageOf(error)}`;
  }
}

/** Returns why the certificate is not valid at this time; undefined if it is. */
export function problemOfValidityPeriod({ certificate }: ServingPair, now: Date): string | undefined {
  const { validFrom, validTo } = new X509Certificate(certificate);
  if (now.getTime() < Date.parse(validFrom)) return `the certificate is not valid before ${validFrom}`;
  return now.getTime() > Date.parse(validTo) ? `the certificate expired on ${validTo}` : undefined;
}

/** Returns why clients cannot use a key of this type; undefined if they can. */
function problemOfKeyType(key: KeyObject): string | undefined {
  const type = key.asymmetricKeyType ?? "unknown";
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (type === "ec" ? CURVES.has(curve ?? "") : KEY_TYPES.includes(type)) return undefined;
  const curves = [...CURVES.values()].join(", ");
  return `clients cannot use a key of kind ${curve ?? type}: it must be RSA, Ed25519, or EC on ${curves}`;
}

/** Returns why clients reject the signature of the certificate; undefined if they do not. Clients ignore a self-signature. */
function problemOfSignature(leaf: X509Certificate): string | undefined {
  // Older versions of Node do not have signatureAlgorithm.
  const { signatureAlgorithm, issuer, subject } = leaf;
  if (signatureAlgorithm === undefined || issuer === subject || !/sha1|md5/i.test(signatureAlgorithm)) return undefined;
  return `clients do not take a certificate that is signed with ${signatureAlgorithm}: it must be SHA-256 or better`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
