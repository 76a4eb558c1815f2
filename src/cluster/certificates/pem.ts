import { X509Certificate } from "node:crypto";

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** The certificates in a PEM text, in order; those that cannot be parsed are left out. */
export function certificatesIn(pem: string): X509Certificate[] {
  return (pem.match(BLOCK) ?? []).flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

/** The SHA-256 fingerprint in hexadecimal, without colons. */
export function fingerprint(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(":", "").toLowerCase();
}

/** The fingerprint of the first certificate in a PEM text; undefined if there is none. */
export function fingerprintOf(pem: string): string | undefined {
  const [first] = certificatesIn(pem);
  return first === undefined ? undefined : fingerprint(first);
}

/** The certificates as one PEM text, without duplicates. */
export function bundleOf(certificates: readonly X509Certificate[]): string {
  const once = new Map(certificates.map((certificate) => [fingerprint(certificate), certificate.toString().trim()]));
  return [...once.values()].map((block) => `${block}\n`).join("");
}
