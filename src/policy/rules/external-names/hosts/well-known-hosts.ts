/** Names of cloud metadata services, which give credentials to any process on a machine. */
export const METADATA_HOSTS: ReadonlySet<string> = new Set([
  "metadata",
  "metadata.google.internal",
  "metadata.goog",
  "instance-data",
  "instance-data.ec2.internal",
  "metadata.azure.internal",
  "metadata.azure.com",
  "metadata.tencentyun.com",
  "metadata.platformequinix.com",
  "metadata.packet.net",
  "api.metadata.cloud.ibm.com",
  "rancher-metadata",
]);

/** Addresses of cloud metadata services outside of the link-local range 169.254.0.0/16. */
export const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
  // Alibaba Cloud, Azure's wire server, Oracle Cloud, AWS over IPv6.
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "fd00:ec2::254",
]);

/** Domains whose subdomains resolve to the address that they contain, or to the loopback address. */
export const WILDCARD_DOMAINS: readonly string[] = [
  "nip.io",
  "sslip.io",
  "xip.io",
  "xip.name",
  "traefik.me",
  "backname.io",
  "ip6.name",
  "nip.direct",
  "rbndr.us",
  "1u.ms",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "fuf.me",
  "lacolhost.com",
  "localho.st",
  "local.gd",
  "loopback.jp",
];

/** Top-level domains that are used in private networks and do not exist in the public DNS. */
export const PRIVATE_DOMAINS: readonly string[] = [
  "corp",
  "home",
  "internal",
  "intra",
  "intranet",
  "lan",
  "local",
  "localdomain",
  "private",
];

/** Public top-level domains that are common as names of namespaces. */
export const NAMESPACE_DOMAINS: readonly string[] = [
  "app",
  "data",
  "dev",
  "prod",
  "search",
  "security",
  "systems",
  "tools",
];
