import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { generate } from "selfsigned";
import type { CertificateSpec, IssuedCertificate } from "./issued-certificate.ts";

/**
 * Creates a new CA and one serving certificate signed by it, both P-256 and both with the validity that `spec` states,
 * so that neither outlives the other. The CA's key is discarded: it can never sign again, and a renewal creates a new
 * CA.
 */
export async function issue(spec: CertificateSpec): Promise<IssuedCertificate> {
  // Verifiers look up an issuer by its name: two CAs in one bundle must have different names.
  const caName = `fairlead-ca-${randomBytes(6).toString("hex")}`;
  const common = { keyType: "ec", algorithm: "sha256", notBeforeDate: spec.from, notAfterDate: spec.until } as const;
  const ca = await generate([{ name: "commonName", value: caName }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: "fairlead" }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: spec.hosts.map(altName) },
    ],
  });
  return { ca: text(ca.cert), pair: { certificate: text(leaf.cert), key: text(leaf.private) } };
}

function altName(host: string): { type: 2; value: string } | { type: 7; ip: string } {
  return isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host };
}

/** PEM text that ends with one line feed, so that certificates can be concatenated. */
function text(pem: string): string {
  return `${pem.replaceAll("\r\n", "\n").trim()}\n`;
}
