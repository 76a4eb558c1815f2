import { generate } from "selfsigned";
import type { ServingPair } from "../../sources/index.ts";

const DAY = 86_400_000;
/** The longest lifetime that browsers accept. */
const LIFETIME = 397 * DAY;

/** Subject alternative names; type 2 is a DNS name, type 7 an IP address. */
const LOCAL_NAMES = [
  { type: 2, value: "localhost" },
  { type: 7, ip: "127.0.0.1" },
  { type: 7, ip: "::1" },
] satisfies { type: 2 | 7; value?: string; ip?: string }[];

/** A pair for this machine, with the CA that signed it. */
export interface SelfSignedPair extends ServingPair {
  readonly ca: string;
}

/** Creates, in memory, a CA and a certificate for localhost, 127.0.0.1 and ::1 that is signed by it. */
export async function makeSelfSigned(now: Date): Promise<SelfSignedPair> {
  const common = {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - DAY),
    notAfterDate: new Date(now.getTime() + LIFETIME),
  } as const;
  const ca = await generate([{ name: "commonName", value: "Fairlead self-signed CA" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: LOCAL_NAMES },
    ],
  });
  return { certificate: leaf.cert, key: leaf.private, ca: ca.cert };
}
