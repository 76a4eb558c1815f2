import { type Credentials, problemOfValidityPeriod, type ReadinessCheck } from "../../sources/index.ts";

/** A readiness check that fails without a certificate, and if it is not valid at the current time. */
export function certificateCheck(credentials: Credentials, clock: () => Date): ReadinessCheck {
  return () => {
    const pair = credentials.current();
    if (pair === undefined) return "there is no certificate to serve with yet";
    return problemOfValidityPeriod(pair, clock());
  };
}
