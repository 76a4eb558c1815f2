import type { ServingPair } from "../../sources/index.ts";

/** A pair to serve with and the CA certificate, in PEM, that whoever calls must trust for it. */
export interface IssuedCertificate {
  readonly ca: string;
  readonly pair: ServingPair;
}

/** What a certificate is to be like. */
export interface CertificateSpec {
  /** The DNS names and IP addresses that it is for. */
  readonly hosts: readonly string[];
  /** From when it is valid. */
  readonly from: Date;
  /** Until when. */
  readonly until: Date;
}
