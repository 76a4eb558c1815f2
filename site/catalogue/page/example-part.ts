import { stringify } from "yaml";
import { fieldFact } from "../../../src/examine/model/texts.ts";
import type { CatalogueExample, ExampleSettings } from "../examples/index.ts";
import type { Outcome, ShownFinding } from "../run/run-example.ts";
import { block, paragraphs, prose } from "./markdown.ts";

/** The options of `fairlead check` that stand for settings of an example. */
const OPTIONS: Readonly<Partial<Record<keyof ExampleSettings, string>>> = {
  kubernetesVersion: "--kubernetes-version",
  profile: "--cluster-profile",
  serviceCIDR: "--service-cidr",
  nodePortRange: "--node-port-range",
  fieldValidation: "--field-validation",
  apply: "--apply",
  namespace: "--namespace",
};

/** The command that judges the bad text. */
export function commandOf({ settings = {}, before, policy }: CatalogueExample): string {
  const options = Object.entries(OPTIONS).flatMap(([name, option]) => {
    const value: unknown = Object.entries(settings).find(([key]) => key === name)?.[1];
    return typeof value === "string" ? [`${option} ${value}`] : [];
  });
  return [
    "fairlead check",
    ...options,
    ...(settings.externalIPs === undefined ? [] : ["--cluster-profile cluster.yaml"]),
    ...(before === undefined ? [] : ["--against before.yaml"]),
    ...(policy === undefined ? [] : ["--policy policy.yaml"]),
    ...(settings.others === undefined ? [] : ["--inventory others.yaml --complete"]),
    "service.yaml",
  ].join(" ");
}

/** A finding as the check prints it, without the lines around it. */
export function findingText(finding: ShownFinding): string {
  const { severity, message, rule, region, field, reason, fix } = finding;
  const fact = fieldFact({ field, ...(reason !== undefined && { reason }) });
  return [
    `${severity}  ${message}  ${rule}`,
    ...(region === undefined ? [] : [`  at     service.yaml:${region.startLine}:${region.startColumn}`]),
    ...(fact === undefined ? [] : [`  ${fact.name.padEnd(5)}  ${fact.text}`]),
    ...(fix === undefined ? [] : [`  fix    ${fix}`]),
  ].join("\n");
}

/** The texts of an example with what is said of the bad one. @param entry the name by which the playground opens it */
export function exampleParts(entry: string, example: CatalogueExample, bad: Outcome): string {
  const { before, goodBefore, policy, settings, goodSettings, note, filler, onlyInRequests } = example;
  const text = (title: string, yaml: string | undefined): string | undefined =>
    yaml === undefined ? undefined : paragraphs(title, block(languageOf(yaml), yaml));
  const said = bad.findings.map(findingText).join("\n\n");
  const isOpenable = filler === undefined && onlyInRequests === undefined;
  return paragraphs(
    text("`before.yaml`, the Service as it is stored or was applied:", before),
    text("`cluster.yaml`, [the profile of the cluster](/docs/cluster-profiles):", profileText(settings)),
    text("`policy.yaml`:", policy),
    text("`others.yaml`, what else is in the cluster:", settings?.others),
    "### Bad",
    block(languageOf(example.bad), example.bad),
    said === "" ? undefined : paragraphs(saidBy(example), block("text", said)),
    "### Good",
    text("The Service before is another one here:", goodBefore),
    goodSettings?.others === settings?.others || goodSettings === undefined
      ? undefined
      : text("What else is in the cluster is different here:", goodSettings.others ?? "# nothing\n"),
    block(languageOf(example.good), example.good),
    note === undefined ? undefined : prose(note),
    isOpenable ? `[Open the bad example in the playground](/playground/#example=${entry})` : undefined,
  );
}

function languageOf(text: string): "json" | "yaml" {
  return text.startsWith("{") ? "json" : "yaml";
}

/** The profile of an OpenShift cluster with this policy of external IPs. */
function profileText({ externalIPs }: ExampleSettings = {}): string | undefined {
  if (externalIPs === undefined) return undefined;
  return stringify({ serviceCIDRs: ["172.30.0.0/16"], externalIPPolicy: { allowedCIDRs: externalIPs } });
}

function saidBy(example: CatalogueExample): string {
  if (example.onlyInRequests !== undefined) return "The webhook says of such a request:";
  return `\`${commandOf(example)}\` says:`;
}
