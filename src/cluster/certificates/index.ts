/** Serving certificates: issued by the replicas and shared in a Secret, or mounted and checked. */
export { SelfIssuedCredentials } from "./self-issued.ts";
export { TrustCheck } from "./trust-check.ts";
export { collectionOf, type WebhookConfigurationName } from "./webhook-configurations.ts";
