/**
 * `node scripts/profile-docs.ts [--check]`: writes docs/cluster-profiles.md from the table of platforms, and the JSON schema
 * of a cluster profile, or checks that they are current.
 */
import { format } from "prettier";
import { CLUSTER_PROFILE_SCHEMA } from "#src/check/settings/cluster-profile-schema.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { FEATURE_GATES, gateVersions, isFeatureGate } from "#src/service/versions/feature-gates.ts";
import { versionText } from "#src/service/versions/version.ts";
import { PLATFORMS } from "#src/service/cluster/platforms.ts";
import { writeOrCheck } from "./generated.ts";

const INTRODUCTION = `# Cluster profiles

A cluster profile has the ranges of a cluster, those of cluster IPs and that of node ports, and what else decides how its API
server answers. \`fairlead check --cluster-profile NAME|FILE\` judges by it; \`--service-cidr\` and \`--node-port-range\` override its parts. The default is
\`unknown\`: the node ports are 30000-32767, the ranges of cluster IPs are not known, and what depends on them is not judged.

## By name
The defaults of common platforms. A cluster may have been created with other ranges: if yours was, write its own profile.
`;

const FILE = `
Two ranges of one family are alternatives: an address in either is accepted.

## From a cluster
\`fairlead profile --output cluster.yaml\` asks the cluster of your kubeconfig, and changes nothing there. The ranges are those
of the ServiceCIDR objects (Kubernetes 1.33 and later), or else those that the API server names when it refuses an address
outside them in a dry run. API servers that do not check a dry run, among them 1.20, tell only their families: the file then
says \`/0\`, and every address of that family is accepted. No API tells the range of node ports: change it in the file if
kube-apiserver runs with \`--service-node-port-range\`. OpenShift is the exception: its Network configuration (\`cluster\`, of
\`config.openshift.io\`) has this range and the policy of external IPs.

| what it needs | where |
|---|---|
| \`list\` of \`servicecidrs\` in \`networking.k8s.io\` | the cluster |
| or \`get\` of the Service \`kubernetes\` | the namespace \`default\` |
| and \`create\` of \`services\`, for dry runs only | the namespace of \`--namespace\` |
| on OpenShift \`get\` of \`networks\` in \`config.openshift.io\` | the cluster |

## The file
YAML or JSON, by [this schema](../schemas/cluster-profile.schema.json):

\`\`\`yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/fairlead/fairlead/main/schemas/cluster-profile.schema.json
serviceCIDRs: # the primary family first
  - 10.96.0.0/16
  - fd00:10:96::/112
nodePortRange: 30000-32767 # the default
featureGates: # those of kube-apiserver that are not as by default
  StrictIPCIDRValidation: false
externalIPPolicy: # OpenShift's
  allowedCIDRs: [192.0.2.0/24]
  rejectedCIDRs: [192.0.2.128/25]
\`\`\`

### Feature gates
Of the feature gates of kube-apiserver, these change an answer about a Service. \`--feature-gate NAME=BOOL\` sets them too, for
\`check\`, \`test\` and \`serve\`. A gate that the version does not have, or has locked, is an error.

${gateTable()}

### OpenShift's policy of external IPs
The API server of OpenShift has an admission plugin, \`network.openshift.io/ExternalIPRanger\`, which refuses external IPs (403)
by \`spec.externalIP\` of the Network configuration. \`externalIPPolicy\` is the same:

- without ranges (\`{}\`), which is the default of a cluster and what the profile \`openshift\` has, no external IP is allowed;
- an address in one of \`rejectedCIDRs\` is refused; with \`allowedCIDRs\`, so is one in none of these;
- with \`autoAssignCIDRs\`, a stored LoadBalancer may have the first address of its status as an external IP.

The plugin judges every write, also one that leaves the addresses as they are, and one of the status. It admits users who may
\`create\` \`service/externalips\` in the API group \`network.openshift.io\`, as cluster administrators may: if such a user applies
the manifests, leave \`externalIPPolicy\` out. In a cluster the plugin itself answers: \`fairlead serve\` does not judge by it.
`;

/** The feature gates, with the versions in which each can be set. */
function gateTable(): string {
  const rows = FEATURE_GATES.filter(isFeatureGate).map((gate) => {
    const { first, last } = gateVersions(gate);
    const until = last === undefined ? "" : versionText({ minor: last });
    return `| \`${gate}\` | ${versionText({ minor: first })} | ${until} |`;
  });
  return ["| gate | can be set from | to |", "|---|---|---|", ...rows].join("\n");
}

function row(name: string, profile: ClusterProfile, source: string): string {
  return `| \`${name}\` | ${profile.serviceCIDRs.map((range) => `\`${range}\``).join(", ")} | ${source} |`;
}

const table = [
  "| name | service CIDRs | source |",
  "|---|---|---|",
  ...Object.entries(PLATFORMS).map(([name, { profile, source }]) => row(name, profile, source)),
  ...Object.entries(PROFILES).map(([name, profile]) =>
    row(name, profile, "no platform: for clusters by their families"),
  ),
];
const page = `${INTRODUCTION}\n${table.join("\n")}\n${FILE}`;
writeOrCheck("docs/cluster-profiles.md", await format(page, { parser: "markdown", printWidth: 120 }));
const schema = await format(JSON.stringify(CLUSTER_PROFILE_SCHEMA), { parser: "json", printWidth: 120 });
writeOrCheck("schemas/cluster-profile.schema.json", schema);
