/** Certificates that replicas issue and share in a Secret. */
export { SelfIssuedCredentials } from "./self-issued.ts";
export { TrustCheck } from "./trust-check.ts";
export type { WebhookConfigurationName } from "./webhook-configurations.ts";
