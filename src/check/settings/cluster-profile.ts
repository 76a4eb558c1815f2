import { isObject } from "../../field/index.ts";
import { BUILT_IN_PROFILES, type ClusterProfile, portRangeText, PROFILES } from "../../service/cluster/index.ts";
import { readText } from "../../text/index.ts";
import { Unusable } from "../../usage/index.ts";
import { readNamedFile } from "../inputs/index.ts";
import { CLUSTER_PROFILE_SCHEMA } from "./cluster-profile-schema.ts";
import { readPortRange, readServiceCIDRs } from "./settings.ts";

const KEYS = Object.keys(CLUSTER_PROFILE_SCHEMA.properties);
const PROFILE = `a cluster profile has ${KEYS.join(" and ")}`;

/**
 * Reads a cluster profile: the name of a built-in one, or a YAML or JSON file with `serviceCIDRs` (a list, the primary
 * family first) and `nodePortRange` ("30000-32767").
 * @throws {Unusable} if the file cannot be read or is not a cluster profile
 */
export async function readProfile(nameOrFile: string): Promise<ClusterProfile> {
  return BUILT_IN_PROFILES.get(nameOrFile) ?? profileFrom(nameOrFile, await readProfileText(nameOrFile));
}

/** Whether the text is the name of a built-in profile. */
export function isProfileName(text: string): boolean {
  return BUILT_IN_PROFILES.has(text);
}

function profileFrom(file: string, text: string): ClusterProfile {
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
  const { serviceCIDRs, nodePortRange = portRangeText(PROFILES.dual.nodePortRange) } = value;
  if (!isTexts(serviceCIDRs) || serviceCIDRs.length === 0) {
    throw new Unusable(`${file}: serviceCIDRs must be a list of CIDRs, the one of the primary family first`);
  }
  if (typeof nodePortRange !== "string") throw new Unusable(`${file}: nodePortRange must be text like "30000-32767"`);
  return { serviceCIDRs: readServiceCIDRs(serviceCIDRs), nodePortRange: readPortRange(nodePortRange) };
}

async function readProfileText(file: string): Promise<string> {
  const source = await readNamedFile("--cluster-profile", file);
  if ("text" in source) return source.text;
  const names = [...BUILT_IN_PROFILES.keys()].join(", ");
  throw new Unusable(
    `${JSON.stringify(file)} is not a cluster profile: neither one of ${names} nor a file that can be read`,
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
