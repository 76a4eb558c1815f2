import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import type { ServingPair } from "./credentials.ts";

/** What is served with a pair: the trial of a pair and its use must not differ. */
export function contextOptionsOf({ certificate, key }: ServingPair) {
  return { minVersion: "TLSv1.2", cert: certificate, key } as const;
}

/** The curves that the clients of TLS 1.3 share, the API server among them: a handshake over another one fails. */
const CURVES = new Map([
  ["prime256v1", "P-256"],
  ["secp384r1", "P-384"],
  ["secp521r1", "P-521"],
]);
const KINDS = ["rsa", "rsa-pss", "ed25519"];

/**
 * Tries a pair, before anything is served with it: whether certificate and key can be read and belong to each other,
 * whether a client could take them, and whether OpenSSL does.
 * @returns what is wrong, in words; undefined if nothing is.
 */
export function problemOfPair(pair: ServingPair): string | undefined {
  try {
    const leaf = new X509Certificate(pair.certificate);
    const key = createPrivateKey(pair.key);
    if (!leaf.checkPrivateKey(key)) return "the key does not belong to the certificate";
    return problemOfKind(key) ?? problemOfSignature(leaf) ?? problemInUse(pair);
  } catch (error) {
    return `certificate or key is no valid PEM, or the key is encrypted: ${messageOf(error)}`;
  }
}

/**
 * Whether OpenSSL serves with a pair that can be read. Key sizes and every certificate of the chain are looked at here
 * alone.
 * @returns what is wrong, in words; undefined if nothing is.
 */
function problemInUse(pair: ServingPair): string | undefined {
  try {
    createSecureContext(contextOptionsOf(pair));
    return undefined;
  } catch (error) {
    return `OpenSSL refuses to serve with certificate and key: ${messageOf(error)}`;
  }
}

/** Why no client takes the certificate at this moment; undefined if one may. */
export function problemOfDates({ certificate }: ServingPair, now: Date): string | undefined {
  const { validFrom, validTo } = new X509Certificate(certificate);
  if (now.getTime() < Date.parse(validFrom)) return `the certificate is not valid before ${validFrom}`;
  return now.getTime() > Date.parse(validTo) ? `the certificate expired on ${validTo}` : undefined;
}

/** Whether clients can use a key of this kind. */
function problemOfKind(key: KeyObject): string | undefined {
  const kind = key.asymmetricKeyType ?? "unknown";
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (kind === "ec" ? CURVES.has(curve ?? "") : KINDS.includes(kind)) return undefined;
  const curves = [...CURVES.values()].join(", ");
  return `clients cannot use a key of kind ${curve ?? kind}: it must be RSA, Ed25519, or EC on ${curves}`;
}

/** Whether clients take the signature on the certificate; where it signed itself, nobody looks at it. */
function problemOfSignature(leaf: X509Certificate): string | undefined {
  // An older Node does not tell.
  const { signatureAlgorithm, issuer, subject } = leaf;
  if (signatureAlgorithm === undefined || issuer === subject || !/sha1|md5/i.test(signatureAlgorithm)) return undefined;
  return `clients do not take a certificate that is signed with ${signatureAlgorithm}: it must be SHA-256 or better`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
