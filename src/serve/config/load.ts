import { Ajv, type ErrorObject } from "ajv";
import { nearestWord, valueAt } from "../../field/index.ts";
import { parseCIDR } from "../../net/index.ts";
import { parsePortRange, UNKNOWN_CLUSTER } from "../../service/cluster/index.ts";
import {
  gateProblems,
  kubernetesOf,
  type KubernetesVersion,
  OPENSHIFT_VERSIONS,
  parseFeatureGates,
  parseVersion,
  versionText,
} from "../../service/versions/index.ts";
import type { ClusterState } from "../../sources/index.ts";
import { ConfigError } from "../../usage/index.ts";
import type { ClusterConfig } from "./cluster-settings.ts";
import { fileLayer } from "./file.ts";
import { defaultsLayer, environmentLayer, flagsLayer, isSetIn, type Layer, merge } from "./layer.ts";
import { configSchema } from "./schema.ts";
import { type Config, SETTINGS } from "./settings.ts";

/** The places that a configuration comes from; for a setting that several of them have, the last one counts. */
export interface Sources {
  readonly file?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By the flag's name without dashes. */
  readonly flags: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * The configuration from all sources together.
 * @throws {ConfigError} with one line for each problem
 */
export function loadConfig(sources: Sources): Config {
  const layers = [
    defaultsLayer(),
    ...(sources.file === undefined ? [] : [fileLayer(sources.file)]),
    environmentLayer(sources.environment),
    flagsLayer(sources.flags),
  ];
  // The schema is right, as a test says, and run too seldom to be worth optimizing.
  const isConfig = new Ajv({
    allErrors: true,
    strict: true,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  }).compile<Config>(configSchema());
  const merged: unknown = merge(layers);
  if (!isConfig(merged)) {
    throw new ConfigError((isConfig.errors ?? []).map((error) => problemOf(error, layers, merged)));
  }
  const problems = inconsistencies(merged, layers);
  if (problems.length > 0) throw new ConfigError(problems);
  return merged;
}

/** The facts about the cluster that are configured. @throws {Error} for a configuration that {@link loadConfig} did not check */
export function clusterStateOf({ cluster }: Config): ClusterState {
  const version = configuredVersion(cluster);
  const nodePortRange = parsePortRange(cluster.nodePortRange);
  if (version === undefined || nodePortRange === undefined) {
    throw new Error(`a checked configuration cannot be read: ${JSON.stringify(cluster)}`);
  }
  const ranges = cluster.serviceCIDRs.length === 0 ? UNKNOWN_CLUSTER : { serviceCIDRs: cluster.serviceCIDRs };
  // Not the nearest known version: the API server of this cluster has that version, and must not be sent, in a patch, the
  // defaults of fields that it lacks. What it refuses that no known version does, it refuses itself.
  return { version, profile: { ...ranges, nodePortRange } };
}

/** The version with its feature gates; undefined if one of them cannot be read. */
function configuredVersion({ version, openshiftVersion, featureGates }: ClusterConfig): KubernetesVersion | undefined {
  const base = openshiftVersion === undefined ? parseVersion(version) : kubernetesOf(openshiftVersion);
  const settings = parseFeatureGates(featureGates);
  if (base === undefined || "problem" in settings) return undefined;
  return Object.keys(settings.gates).length === 0 ? base : { ...base, featureGates: settings.gates };
}

function* versionProblems(cluster: ClusterConfig, layers: readonly Layer[]): Iterable<string> {
  const { openshiftVersion: openshift, version, featureGates } = cluster;
  const origin = originOf(["cluster", "openshiftVersion"], layers);
  const kubernetes = openshift === undefined ? undefined : kubernetesOf(openshift);
  if (openshift !== undefined && kubernetes === undefined) {
    yield `${origin}: cluster.openshiftVersion must be one of ${OPENSHIFT_VERSIONS.join(", ")}, found ${JSON.stringify(openshift)}`;
  }
  const isVersionGiven = layers.slice(1).some((layer) => isSetIn(layer, ["cluster", "version"]));
  if (kubernetes !== undefined && isVersionGiven && kubernetes.minor !== parseVersion(version)?.minor) {
    yield `${origin}: OpenShift ${openshift ?? ""} is Kubernetes ${versionText(kubernetes)}, but cluster.version is ${version} (${originOf(["cluster", "version"], layers)}): set one of them`;
  }
  const gates = parseFeatureGates(featureGates);
  const gatesOrigin = originOf(["cluster", "featureGates"], layers);
  if ("problem" in gates) yield `${gatesOrigin}: cluster.featureGates: ${gates.problem}`;
  const configured = configuredVersion(cluster);
  // A version that is discovered is known only later: then the log says it.
  if (configured === undefined || cluster.discover.includes("version")) return;
  for (const problem of gateProblems(configured)) yield `${gatesOrigin}: cluster.featureGates: ${problem}`;
}

/** Problems that the schema of a single value cannot express. */
function inconsistencies({ tls, cluster }: Config, layers: readonly Layer[]): string[] {
  const problems: string[] = [];
  if ((tls.certificate === undefined) !== (tls.key === undefined)) {
    const given = tls.certificate === undefined ? "key" : "certificate";
    const other = given === "key" ? "certificate" : "key";
    problems.push(`${originOf(["tls", given], layers)}: tls.${given} needs tls.${other} beside it`);
  }
  problems.push(...versionProblems(cluster, layers));
  if (parsePortRange(cluster.nodePortRange) === undefined) {
    const origin = originOf(["cluster", "nodePortRange"], layers);
    problems.push(`${origin}: cluster.nodePortRange must be FIRST-LAST within 1-65535, found ${cluster.nodePortRange}`);
  }
  cluster.serviceCIDRs.forEach((range, index) => {
    if (parseCIDR(range) !== undefined) return;
    const keys = ["cluster", "serviceCIDRs", String(index)];
    const right = "must be an address range such as 10.96.0.0/16 or fd00:10:96::/112";
    problems.push(`${originOf(keys, layers)}: ${nameOf(keys)} ${right}, found ${JSON.stringify(range)}`);
  });
  return problems;
}

function originOf(keys: readonly string[], layers: readonly Layer[]): string {
  return layers.findLast((layer) => isSetIn(layer, keys))?.originOf(keys) ?? "configuration";
}

/** The setting's name in a sentence: `cluster.serviceCIDRs[1]`. */
function nameOf(keys: readonly string[]): string {
  return keys.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");
}

/** What would be right, by keyword of the schema. */
const RIGHT: Readonly<Record<string, (parameters: Readonly<Record<string, unknown>>) => string>> = {
  type: ({ type }) => `must be a${/^[aeio]/.test(String(type)) ? "n" : ""} ${String(type)}`,
  enum: ({ allowedValues }) => `must be one of ${Array.isArray(allowedValues) ? allowedValues.join(", ") : ""}`,
  minimum: ({ limit }) => `must be ${String(limit)} or more`,
  maximum: ({ limit }) => `must be ${String(limit)} or less`,
  minLength: () => "must not be empty",
  minItems: () => "must have at least one item",
};

function problemOf(error: ErrorObject, layers: readonly Layer[], merged: unknown): string {
  const parameters: Readonly<Record<string, unknown>> = error.params;
  const holder = error.instancePath.split("/").slice(1);
  if (error.keyword === "additionalProperties") {
    const word = String(parameters["additionalProperty"]);
    const keys = [...holder, word];
    const known = SETTINGS.filter(({ path }) => holder.every((step, index) => step === path[index]));
    const names = [...new Set(known.flatMap(({ path }) => path[holder.length] ?? []))];
    const suggestion = nearestWord(word, names);
    const hint =
      suggestion === undefined
        ? `known here: ${names.join(", ")}`
        : `did you mean ${[...holder, suggestion].join(".")}?`;
    return `${originOf(keys, layers)}: ${keys.join(".")} is not a setting; ${hint}`;
  }
  const found = JSON.stringify(
    valueAt(
      merged,
      holder.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    ),
  );
  const right = RIGHT[error.keyword]?.(parameters) ?? exampleOf(holder) ?? error.message ?? error.keyword;
  return `${originOf(holder, layers)}: ${nameOf(holder)} ${right}, found ${found}`;
}

/** A pattern does not help people: the default value shows how one is written. */
function exampleOf(keys: readonly string[]): string | undefined {
  const setting = SETTINGS.find(({ path }) => path.every((step, index) => step === keys[index]));
  const example: unknown = Array.isArray(setting?.default) ? setting.default[0] : setting?.default;
  return example === undefined ? undefined : `must be written like ${JSON.stringify(example)}`;
}
