import { isObject } from "../../field/index.ts";
import {
  BUILT_IN_PROFILES,
  type ClusterProfile,
  type ExternalIPPolicy,
  portRangeText,
  PROFILES,
} from "../../service/cluster/index.ts";
import { type FeatureGates, featureGatesOf } from "../../service/versions/index.ts";
import { readText } from "../../text/index.ts";
import { Unusable } from "../../usage/index.ts";
import { readNamedFile } from "../inputs/index.ts";
import { CLUSTER_PROFILE_SCHEMA } from "./cluster-profile-schema.ts";
import { readPortRange, readServiceCIDRs } from "./read-values.ts";

const KEYS = Object.keys(CLUSTER_PROFILE_SCHEMA.properties);
const PROFILE = `a cluster profile has ${KEYS.slice(0, -1).join(", ")} and ${KEYS.at(-1) ?? ""}`;
const POLICY_KEYS = Object.keys(CLUSTER_PROFILE_SCHEMA.properties.externalIPPolicy.properties);

/** A cluster profile, and the feature gates of its API server. */
export interface NamedProfile {
  readonly cluster: ClusterProfile;
  readonly featureGates: FeatureGates;
}

/**
 * Reads a cluster profile: the name of a built-in one, or a YAML or JSON file with `serviceCIDRs` (a list, the primary
 * family first), `nodePortRange` ("30000-32767"), `featureGates` and `externalIPPolicy`.
 * @param folder the folder whose repository a commit is of
 * @throws {Unusable} if the file cannot be read or is not a cluster profile
 */
export async function readProfile(nameOrFile: string, folder: string): Promise<NamedProfile> {
  const cluster = BUILT_IN_PROFILES.get(nameOrFile);
  if (cluster !== undefined) return { cluster, featureGates: {} };
  return profileFrom(nameOrFile, await readProfileText(nameOrFile, folder));
}

/** Whether the text is the name of a built-in profile. */
export function isProfileName(text: string): boolean {
  return BUILT_IN_PROFILES.has(text);
}

function profileFrom(file: string, text: string): NamedProfile {
  const { documents, problems } = readText(text, { format: "auto" });
  const [problem] = problems;
  // The message quotes nothing from the file: it may be another one than intended, and confidential.
  if (problem !== undefined)
    throw new Unusable(`${file}:${problem.region.startLine}: this is not valid YAML; ${PROFILE}`);
  const value = documents[0]?.value;
  if (!isObject(value)) throw new Unusable(`${file}: ${PROFILE}`);
  const unknownKey = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknownKey !== undefined) {
    const line = documents[0]?.locate([unknownKey], "key")?.startLine ?? 1;
    throw new Unusable(`${file}:${line}: this key is unknown; ${PROFILE}`);
  }
  const {
    serviceCIDRs,
    nodePortRange = portRangeText(PROFILES.dual.nodePortRange),
    featureGates,
    externalIPPolicy,
  } = value;
  if (!isTexts(serviceCIDRs) || serviceCIDRs.length === 0) {
    throw new Unusable(`${file}: serviceCIDRs must be a list of CIDRs, the one of the primary family first`);
  }
  if (typeof nodePortRange !== "string") throw new Unusable(`${file}: nodePortRange must be text like "30000-32767"`);
  return {
    cluster: {
      serviceCIDRs: readServiceCIDRs(serviceCIDRs),
      nodePortRange: readPortRange(nodePortRange),
      ...(externalIPPolicy !== undefined && { externalIPPolicy: readExternalIPPolicy(file, externalIPPolicy) }),
    },
    featureGates: readGates(file, featureGates ?? {}),
  };
}

function readGates(file: string, value: unknown): FeatureGates {
  const entries = isObject(value) ? Object.entries(value) : [];
  const flags = entries.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean");
  if (!isObject(value) || flags.length < entries.length) {
    throw new Unusable(`${file}: featureGates must be a mapping of names to true or false`);
  }
  const settings = featureGatesOf(flags);
  if ("problem" in settings) throw new Unusable(`${file}: featureGates: ${settings.problem}`);
  return settings.gates;
}

function readExternalIPPolicy(file: string, value: unknown): ExternalIPPolicy {
  const entries = isObject(value) ? Object.entries(value) : [];
  const isPolicy = isObject(value) && entries.every(([key, ranges]) => POLICY_KEYS.includes(key) && isTexts(ranges));
  if (!isPolicy) {
    throw new Unusable(`${file}: externalIPPolicy must be a mapping of ${POLICY_KEYS.join(", ")} to lists of CIDRs`);
  }
  return Object.fromEntries(entries.map(([key, ranges]) => [key, isTexts(ranges) ? readServiceCIDRs(ranges) : []]));
}

async function readProfileText(file: string, folder: string): Promise<string> {
  const source = await readNamedFile({ option: "--cluster-profile", folder }, file);
  if ("text" in source) return source.text;
  const names = [...BUILT_IN_PROFILES.keys()].join(", ");
  throw new Unusable(
    `${JSON.stringify(file)} is not a cluster profile: neither one of ${names} nor a file that can be read`,
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
