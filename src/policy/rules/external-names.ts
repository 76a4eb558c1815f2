import { parseIP } from "../../net/ip.ts";
import { listOf, text, withDefault } from "../schema/shape.ts";
import { defineRule } from "./rule.ts";
import { isExternalName, SPEC } from "./shared.ts";

/** Names under which clouds hand out credentials to whatever runs on a machine. */
const METADATA_HOSTS = new Set([
  "metadata",
  "metadata.google.internal",
  "metadata.goog",
  "instance-data",
  "instance-data.ec2.internal",
  "metadata.azure.internal",
  "metadata.tencentyun.com",
]);

/** Resolvers take a name whose last label is a number for an address, in whatever notation: 127.1, 0x7f000001. */
const NUMBER = /(^|\.)(\d+|0x[0-9a-f]*)$/;

export const externalNames = defineRule({
  meta: {
    id: "external-names",
    title: "External names lead where they should",
    why:
      "An ExternalName is an alias that anybody may point anywhere: at localhost, at another team's Service, at the " +
      "address where a cloud hands out credentials. Ingresses and gateways that follow it open those to their clients.",
    group: "team",
  },
  parameters: {
    suffixes: withDefault(
      listOf("domains that a name must be or lie below; any where empty", text("a domain", { format: "dns-name" })),
      [],
    ),
    clusterDomain: withDefault(text("the cluster's own domain", { format: "dns-name" }), "cluster.local"),
  },
  messages: {
    localhost: {
      text: "an external name must not lead back to where the client runs; found {found}",
      fix: "name an outside host",
    },
    cluster: {
      text: "an external name must not be an alias inside of the cluster; found {found}",
      fix: "use the Service itself by its full name",
    },
    metadata: {
      text: "an external name must not lead to a cloud's metadata address; found {found}",
      fix: "name an outside host",
    },
    address: {
      text: "an external name must be a name; {found} is an address, which DNS cannot alias",
      fix: "use a Service without selector and an EndpointSlice",
    },
    suffix: { text: "the external name must lie below {suffixes}, not be {found}", fix: "use a host of these domains" },
  },
  check:
    ({ suffixes, clusterDomain }) =>
    (service) => {
      const { externalName } = service.spec;
      if (!isExternalName(service) || externalName === undefined) return [];
      const name = externalName.toLowerCase().replace(/\.$/, "");
      const says = verdict(name, suffixes, clusterDomain);
      if (says === undefined) return [];
      return [
        { says, path: SPEC.child("externalName"), found: externalName, facts: { suffixes: suffixes.join(", ") } },
      ];
    },
  examples: {
    good: [
      { name: "an outside host", spec: alias("db.example.com") },
      { name: "one of the domain", parameters: { suffixes: ["example.com"] }, spec: alias("db.example.com") },
    ],
    bad: [
      { name: "localhost", spec: alias("localhost"), finds: ["spec.externalName"] },
      { name: "another team's Service", spec: alias("db.payments.svc.cluster.local"), finds: ["spec.externalName"] },
      { name: "a name that search paths complete", spec: alias("db.payments.svc"), finds: ["spec.externalName"] },
      { name: "a metadata address", spec: alias("169.254.169.254"), finds: ["spec.externalName"] },
      { name: "a metadata host", spec: alias("metadata.google.internal"), finds: ["spec.externalName"] },
      { name: "an address", spec: alias("192.0.2.7"), finds: ["spec.externalName"] },
      { name: "an address in another notation", spec: alias("127.1"), finds: ["spec.externalName"] },
      {
        name: "another domain that ends alike",
        parameters: { suffixes: ["example.com"] },
        spec: alias("badexample.com"),
        finds: ["spec.externalName"],
      },
    ],
  },
});

type Verdict = "localhost" | "cluster" | "metadata" | "address" | "suffix";

function verdict(name: string, suffixes: readonly string[], clusterDomain: string): Verdict | undefined {
  if (name === "localhost" || name.endsWith(".localhost") || name.startsWith("localhost.")) return "localhost";
  if (METADATA_HOSTS.has(name) || name.startsWith("169.254.")) return "metadata";
  if (parseIP(name) !== undefined || NUMBER.test(name)) return name.startsWith("127.") ? "localhost" : "address";
  // One label, or one that the resolver's search path completes, is a Service of this cluster.
  if (!name.includes(".") || name.endsWith(".svc") || isBelow(name, clusterDomain)) return "cluster";
  return suffixes.length === 0 || suffixes.some((suffix) => isBelow(name, suffix)) ? undefined : "suffix";
}

function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

function alias(externalName: string) {
  return { type: "ExternalName", externalName, ports: null, selector: null };
}
