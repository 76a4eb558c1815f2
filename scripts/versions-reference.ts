import { FEATURE_GATES, gateVersions, isFeatureGate } from "#src/service/versions/feature-gates.ts";
import { changes, fieldSince, gateOf } from "#src/service/versions/features.ts";
import { kubernetesOf, OPENSHIFT_VERSIONS } from "#src/service/versions/openshift.ts";
import { NEWEST_KNOWN, OLDEST_KNOWN, versionText } from "#src/service/versions/version.ts";

type Change = ReturnType<typeof changes>[number];

const VERSIONS = Array.from(
  { length: NEWEST_KNOWN.minor - OLDEST_KNOWN.minor + 1 },
  (_, index) => OLDEST_KNOWN.minor + index,
);

/** The text of docs/versions.md, generated from the tables of the engine. */
export function versionsReference(): string {
  const [oldest, newest] = [versionText(OLDEST_KNOWN), versionText(NEWEST_KNOWN)];
  return [
    "# What changed for Services, version by version",
    "",
    `What the API server does differently with Services from Kubernetes ${oldest} to ${newest}, beside the version of OpenShift that is`,
    "made of it. Generated from the tables of the engine (`npm run docs`), which agree with recorded answers of real API servers",
    "([test/conformance](../test/conformance)).",
    "",
    `\`fairlead upgrade --from ${oldest} --to ${newest} PATH...\` tells which of your Services a change is about: see [upgrade.md](upgrade.md).`,
    "",
    "| Kubernetes | OpenShift | changes for Services |",
    "|---|---|---|",
    ...VERSIONS.map((minor) => `| ${linkTo(minor)} | ${openshiftOf(minor) ?? "none yet"} | ${countText(minor)} |`),
    "",
    ...VERSIONS.filter((minor) => minor > OLDEST_KNOWN.minor).flatMap(section),
    "## Feature gates",
    "",
    "A gate can be set only in some versions: after that, what came with it is there to stay.",
    "",
    "| feature gate | can be set in | what it is about |",
    "|---|---|---|",
    ...FEATURE_GATES.map(gateRow),
    "",
  ].join("\n");
}

function changesOf(minor: number): Change[] {
  return changes().filter((change) => change.minor === minor);
}

function linkTo(minor: number): string {
  const version = versionText({ minor });
  return minor === OLDEST_KNOWN.minor ? version : `[${version}](#kubernetes-${version.replace(".", "")})`;
}

function countText(minor: number): string {
  if (minor === OLDEST_KNOWN.minor) return "the oldest version that is known";
  const { length } = changesOf(minor);
  return length === 0 ? "none" : String(length);
}

function openshiftOf(minor: number): string | undefined {
  return OPENSHIFT_VERSIONS.find((version) => kubernetesOf(version)?.minor === minor);
}

function section(minor: number): string[] {
  const openshift = openshiftOf(minor);
  const list = changesOf(minor).map(changeItem);
  return [
    `## Kubernetes ${versionText({ minor })}`,
    "",
    ...(openshift === undefined ? [] : [`OpenShift ${openshift}.`, ""]),
    ...(list.length === 0 ? ["Nothing changes for Services."] : list),
    "",
  ];
}

function changeItem({ feature, change, minor }: Change): string {
  const gate = gateOf(feature);
  const field = fieldSince(feature);
  const notes = [
    ...(gate === undefined ? [] : [`feature gate \`${gate}\``]),
    ...(field < minor ? [`the field is known from ${versionText({ minor: field })} on`] : []),
  ];
  return `- ${change}${notes.length === 0 ? "" : ` (${capitalized(notes.join("; "))}.)`}`;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function gateRow(name: string): string {
  if (!isFeatureGate(name)) throw new Error(`${name} is no feature gate`);
  const { first, last } = gateVersions(name);
  const versions = `${versionText({ minor: first })} ${last === undefined ? "on" : `to ${versionText({ minor: last })}`}`;
  const about = changes().flatMap(({ feature, change }) => (gateOf(feature) === name ? [change] : []));
  return `| \`${name}\` | ${versions} | ${OTHER[name] ?? about.join(" ")} |`;
}

/** What a gate is about, where it is not the change itself. */
const OTHER: Readonly<Record<string, string>> = {
  AllowServiceLBStatusOnNonLB: "Turned on, it lets `status.loadBalancer.ingress` be set on every type, as before.",
  MultiCIDRServiceAllocator: "Cluster IPs are recorded as objects, and ranges can be added to a cluster.",
};
