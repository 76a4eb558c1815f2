/** Readers of annotations that are not load balancers: DNS and certificates. */
export { EXTERNAL_DNS } from "./external-dns.ts";
export { OPENSHIFT_SERVICE_CA, OPENSHIFT_SERVICE_CA_ALPHA } from "./openshift-service-ca.ts";
