/** The release of Pepr that is measured, with its digest in the npm registry. */
export const PEPR = {
  name: "pepr",
  version: "1.1.4",
  integrity: "sha512-wK/1LzO5jWYYUgq7VEEkN28a0VU1nWsFWucdzi4Kw6422s+mNHzEpwp2Ud8munLnX9QPNATlY55R4UE9Ltdpqg==",
} as const;
