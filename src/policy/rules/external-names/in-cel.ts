import { and, type Cel, isOneOf, not, or, quoted, quotedList } from "../../in-cel/index.ts";
import { byCel, type CelFinding } from "../kit/index.ts";
import { ADDRESS_PATTERN, METADATA_HOSTS, TOP_LEVEL_DOMAINS, TRAP_PATTERNS } from "./hosts/index.ts";

interface Settings {
  readonly suffixes: readonly string[];
  readonly clusterDomain: string;
  readonly privateDomains: readonly string[];
  readonly namespaces: readonly string[];
  readonly wildcards: readonly string[];
}

export type Verdict =
  "localhost" | "cluster" | "namespace" | "unknown" | "metadata" | "address" | "wildcard" | "suffix";

/** The host of an ExternalName in lower case without a dot at its end, as a list of one; else an empty list. */
const HOSTS: Cel =
  'variables.type == "ExternalName" && has(object.spec.externalName) ? [object.spec.externalName.lowerAscii()]' +
  '.map(host, host.endsWith(".") ? host.substring(0, size(host) - 1) : host) : []';

const LABELS: Cel = 'name.split(".")';
const LAST: Cel = `${LABELS}[size(${LABELS}) - 1]`;

/** The rule `external-names` in CEL, in the order in which it judges: of several findings, the first is the rule's. */
export function celOfNames(settings: Settings): readonly CelFinding<Verdict>[] {
  const { suffixes, clusterDomain, privateDomains, namespaces, wildcards } = settings;
  const isSuffixed = or(...suffixes.map(isBelow));
  const isPrivate = or(isOneOf(LAST, privateDomains), `${LAST}.startsWith("xn--")`);
  const isShort = or(`!name.contains(".")`, `${LAST} == "svc"`);
  const isPublic = `${LAST} in variables.publicDomains`;
  const variables = { publicDomains: quotedList([...TOP_LEVEL_DOMAINS]), externalNames: HOSTS };
  const wheres: readonly (readonly [Verdict, Cel, Cel?])[] = [
    ["localhost", or('name == "localhost"', 'name.endsWith(".localhost")', 'name.startsWith("localhost.")')],
    ["metadata", or(isOneOf("name", [...METADATA_HOSTS]), 'name.startsWith("instance-data.")')],
    ["localhost", `name.matches(${quoted(TRAP_PATTERNS.localhost)})`],
    ["metadata", `name.matches(${quoted(TRAP_PATTERNS.metadata)})`],
    ["address", `name.matches(${quoted(ADDRESS_PATTERN)})`],
    ["cluster", isBelow(clusterDomain)],
    [
      "wildcard",
      or(...wildcards.map(isBelow)),
      `${quotedList(wildcards)}.filter(domain, name == domain || name.endsWith("." + domain))[0]`,
    ],
    ["cluster", and(not(isSuffixed), isShort)],
    ["unknown", and(not(isSuffixed), not(isShort), not(isPrivate), not(isPublic)), LAST],
    [
      "namespace",
      and(
        not(isSuffixed),
        `size(${LABELS}) == 2`,
        not(isPrivate),
        isPublic,
        isOneOf(LAST, namespaces),
        '!object.spec.externalName.endsWith(".")',
      ),
      LAST,
    ],
    ...(suffixes.length === 0 ? [] : [["suffix", not(isSuffixed)] as const]),
  ];
  return wheres.map(([says, where, domain]) => ({
    says,
    each: { of: "variables.externalNames", names: ["index", "name"] },
    where,
    path: "spec.externalName",
    found: byCel("object.spec.externalName"),
    facts: { suffixes: suffixes.join(", "), ...(domain !== undefined && { domain: byCel(domain) }) },
    variables,
  }));
}

function isBelow(domain: string): Cel {
  return `(name == ${quoted(domain)} || name.endsWith(${quoted(`.${domain}`)}))`;
}
