import { listOf, type ObjectOf, text, withDefault } from "../../schema/index.ts";
import { defineRule, isExternalName, SPEC } from "../kit/index.ts";
import { celOfNames, type Verdict } from "./in-cel.ts";
import {
  isAddress,
  METADATA_HOSTS,
  NAMESPACE_DOMAINS,
  PRIVATE_DOMAINS,
  TOP_LEVEL_DOMAINS,
  trapAt,
  trapWithin,
  WILDCARD_DOMAINS,
} from "./hosts/index.ts";

const domains = (description: string) => listOf(description, text("a domain", { format: "dns-name" }));

const parameters = {
  suffixes: withDefault(domains("domains that a name must equal or be a subdomain of; if empty, any name"), []),
  clusterDomain: withDefault(text("the cluster's own domain", { format: "dns-name" }), "cluster.local"),
  privateDomains: withDefault(
    domains(
      "top-level domains that exist in the network but not in the public DNS: any other last label that is not in the public DNS is read as a namespace",
    ),
    PRIVATE_DOMAINS,
  ),
  namespaces: withDefault(
    domains(
      "top-level domains of the public DNS that are also names of namespaces: SERVICE.dev is read as the Service, SERVICE.dev. with a trailing dot as the host",
    ),
    NAMESPACE_DOMAINS,
  ),
  wildcards: withDefault(
    domains("domains whose subdomains resolve to the address that they contain"),
    WILDCARD_DOMAINS,
  ),
};

export const externalNames = defineRule({
  meta: {
    id: "external-names",
    title: "External names point to allowed hosts",
    fault: "an external name points to a host that is not allowed",
    why:
      "An ExternalName is an alias that anyone may point anywhere: at localhost, at another team's Service, at the " +
      "address where a cloud hands out credentials. Ingresses and gateways that follow it open those to their clients.",
    group: "team",
    types: ["ExternalName"],
  },
  parameters,
  messages: {
    localhost: {
      text: "an external name must not point back to the client itself; found {found}",
      fix: "name an outside host",
    },
    cluster: {
      text: "an external name must not be an alias of a Service in the cluster; found {found}",
      fix: "let clients use the Service itself, by its full name",
    },
    namespace: {
      text: "Pods may resolve {found} as a Service in the namespace {domain}",
      fix: "end the name of an outside host in a dot: {found}.",
    },
    unknown: {
      text: "the external name {found} does not end in a public top-level domain: Pods may resolve it as a Service",
      fix: "use a public name, or list the domain {domain} in the policy's privateDomains",
    },
    wildcard: {
      text: "an external name must not be one of {domain}, which resolve to any address; found {found}",
      fix: "name the host itself",
    },
    metadata: {
      text: "an external name must not lead to a cloud's metadata address; found {found}",
      fix: "name an outside host",
    },
    address: {
      text: "an external name must be a name; {found} is an address, which DNS cannot alias",
      fix: "use a Service without selector and an EndpointSlice",
    },
    suffix: { text: "the external name must end in {suffixes}, not be {found}", fix: "use a host in these domains" },
  },
  check: (settings) => {
    const verdict = compileVerdict(settings);
    const suffixes = settings.suffixes.join(", ");
    return (service) => {
      const { externalName: found } = service.spec;
      if (!isExternalName(service) || found === undefined) return [];
      const result = verdict(found.toLowerCase());
      if (result === undefined) return [];
      const { says, domain } = result;
      return [{ says, path: SPEC.child("externalName"), found, facts: { suffixes, domain } }];
    };
  },
  cel: celOfNames,
  examples: {
    good: [
      { name: "an outside host", spec: alias("db.example.com") },
      { name: "a name that no search path completes", spec: alias("go.dev.") },
      { name: "a host in the domain", parameters: { suffixes: ["example.com"] }, spec: alias("db.example.com") },
    ],
    bad: [
      { name: "localhost", spec: alias("localhost"), finds: ["spec.externalName"] },
      { name: "another team's Service", spec: alias("db.payments.svc.cluster.local"), finds: ["spec.externalName"] },
      { name: "a name that search paths complete", spec: alias("db.payments.svc"), finds: ["spec.externalName"] },
      {
        name: "a Service and its namespace, which search paths complete",
        spec: alias("db.payments"),
        finds: ["spec.externalName"],
      },
      {
        name: "a domain that is also a namespace, without a trailing dot",
        spec: alias("go.dev"),
        finds: ["spec.externalName"],
      },
      { name: "a Service of this namespace", spec: alias("db"), finds: ["spec.externalName"] },
      { name: "any address by wildcard DNS", spec: alias("10.0.0.1.nip.io"), finds: ["spec.externalName"] },
      {
        name: "a metadata address in a name",
        spec: alias("a-169-254-169-254.example.com"),
        finds: ["spec.externalName"],
      },
      { name: "a metadata address", spec: alias("169.254.169.254"), finds: ["spec.externalName"] },
      { name: "a metadata host", spec: alias("metadata.google.internal"), finds: ["spec.externalName"] },
      { name: "an address", spec: alias("192.0.2.7"), finds: ["spec.externalName"] },
      { name: "an address in another notation", spec: alias("127.1"), finds: ["spec.externalName"] },
      {
        name: "a domain whose name ends the same",
        parameters: { suffixes: ["example.com"] },
        spec: alias("badexample.com"),
        finds: ["spec.externalName"],
      },
    ],
  },
});

/** The key of the message, and the domain if that is the reason. */
interface VerdictFacts {
  readonly says: Verdict;
  readonly domain?: string;
}

/** Returns a function that finds what is wrong with a name in lower case. */
function compileVerdict(settings: ObjectOf<typeof parameters>): (written: string) => VerdictFacts | undefined {
  const { suffixes, clusterDomain, wildcards } = settings;
  const isInside = compileInside(settings);
  return (written) => {
    const name = written.replace(/\.$/, "");
    if (name === "localhost" || name.endsWith(".localhost") || name.startsWith("localhost."))
      return { says: "localhost" };
    if (METADATA_HOSTS.has(name) || name.startsWith("instance-data.")) return { says: "metadata" };
    if (isAddress(name)) return { says: trapAt(name) ?? "address" };
    const trap = trapWithin(name);
    if (trap !== undefined) return { says: trap };
    if (isBelow(name, clusterDomain)) return { says: "cluster" };
    const domain = wildcards.find((wildcard) => isBelow(name, wildcard));
    if (domain !== undefined) return { says: "wildcard", domain };
    // A domain that the policy allows is not a namespace.
    if (suffixes.some((suffix) => isBelow(name, suffix))) return undefined;
    const inside = isInside(name, written);
    if (inside !== undefined) return inside;
    return suffixes.length === 0 ? undefined : { says: "suffix" };
  };
}

/**
 * Returns a function that finds whether resolvers in Pods may complete the name to a name in the cluster. They try their
 * search path first: they read db as db.NAMESPACE.svc.cluster.local, and db.payments as db.payments.svc.cluster.local.
 */
function compileInside({ privateDomains, namespaces }: ObjectOf<typeof parameters>) {
  const [isPrivate, isNamespace] = [new Set(privateDomains), new Set(namespaces)];
  return (name: string, written: string): VerdictFacts | undefined => {
    const labels = name.split(".");
    const last = labels.at(-1) ?? "";
    if (labels.length === 1 || last === "svc") return { says: "cluster" };
    if (isPrivate.has(last) || last.startsWith("xn--")) return undefined;
    // A trailing dot disables the search path, but some programs remove it before the lookup.
    if (!TOP_LEVEL_DOMAINS.has(last)) return { says: "unknown", domain: last };
    const isAmbiguous = labels.length === 2 && isNamespace.has(last) && written === name;
    return isAmbiguous ? { says: "namespace", domain: last } : undefined;
  };
}

function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

function alias(externalName: string) {
  return { type: "ExternalName", externalName, ports: null, selector: null };
}
