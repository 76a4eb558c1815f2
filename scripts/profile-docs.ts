/**
 * `node scripts/profile-docs.ts [--check]`: writes docs/cluster-profiles.md from the table of platforms, and the JSON schema
 * of a cluster profile, or checks that they are current.
 */
import { format } from "prettier";
import { CLUSTER_PROFILE_SCHEMA } from "#src/check/settings/cluster-profile-schema.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { PLATFORMS } from "#src/service/cluster/platforms.ts";
import { writeOrCheck } from "./generated.ts";

const INTRODUCTION = `# Cluster profiles

A cluster profile has the ranges of a cluster: those of cluster IPs, and that of node ports. \`fairlead check
--cluster-profile NAME|FILE\` judges by it; \`--service-cidr\` and \`--node-port-range\` override its parts. The default is
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
kube-apiserver runs with \`--service-node-port-range\`.

| what it needs | where |
|---|---|
| \`list\` of \`servicecidrs\` in \`networking.k8s.io\` | the cluster |
| or \`get\` of the Service \`kubernetes\` | the namespace \`default\` |
| and \`create\` of \`services\`, for dry runs only | the namespace of \`--namespace\` |

## The file
YAML or JSON, by [this schema](../schemas/cluster-profile.schema.json):

\`\`\`yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/fairlead/fairlead/main/schemas/cluster-profile.schema.json
serviceCIDRs: # the primary family first
  - 10.96.0.0/16
  - fd00:10:96::/112
nodePortRange: 30000-32767 # the default
\`\`\`
`;

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
