/** Names of hosts that are known to be traps, and public suffixes. */
export { ADDRESS_PATTERN, isAddress, TRAP_PATTERNS, trapAt, trapWithin } from "./address-notations.ts";
export { TOP_LEVEL_DOMAINS } from "./top-level-domains.ts";
export { METADATA_HOSTS, NAMESPACE_DOMAINS, PRIVATE_DOMAINS, WILDCARD_DOMAINS } from "./well-known-hosts.ts";
