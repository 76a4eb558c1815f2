import { type Credentials, problemOfValidityPeriod, type ReadinessCheck } from "../../sources/index.ts";

/** Not ready without a certificate, nor with one that no client takes today. */
export function certificateCheck(credentials: Credentials, clock: () => Date): ReadinessCheck {
  return () => {
    const pair = credentials.current();
    if (pair === undefined) return "there is no certificate to serve with yet";
    return problemOfValidityPeriod(pair, clock());
  };
}
