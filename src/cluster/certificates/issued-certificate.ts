import type { ServingPair } from "../../sources/index.ts";

/** A serving pair, and the CA certificate in PEM that clients must trust for it. */
export interface IssuedCertificate {
  readonly ca: string;
  readonly pair: ServingPair;
}

/** The names and the validity of a certificate to issue. */
export interface CertificateSpec {
  /** The subject alternative names: DNS names and IP addresses. */
  readonly hosts: readonly string[];
  readonly from: Date;
  readonly until: Date;
}
