import { readFileSync } from "node:fs";
import { isObject } from "../field/json.ts";
import type { ClusterProfile } from "../service/cluster.ts";
import { PROFILES } from "../service/cluster.ts";
import { readText } from "../text/index.ts";
import { readPortRange, readServiceCIDRs } from "./settings.ts";
import { Unusable } from "./unusable.ts";

const BY_NAME: ReadonlyMap<string, ClusterProfile> = new Map(Object.entries(PROFILES));
const KEYS = ["serviceCIDRs", "nodePortRange"];

/**
 * Reads a cluster profile: the name of a built-in one, or a YAML or JSON file with `serviceCIDRs` (a list, the primary
 * family first) and `nodePortRange` ("30000-32767").
 * @throws {Unusable}
 */
export function readProfile(nameOrFile: string): ClusterProfile {
  return BY_NAME.get(nameOrFile) ?? profileFromFile(nameOrFile);
}

function profileFromFile(file: string): ClusterProfile {
  const { documents, problems } = readText(readProfileText(file), { format: "auto" });
  const [problem] = problems;
  if (problem !== undefined) throw new Unusable(`${file}:${problem.region.startLine}: ${problem.message}`);
  const value = documents[0]?.value;
  if (!isObject(value)) throw new Unusable(`${file}: a cluster profile has serviceCIDRs and nodePortRange`);
  const stranger = Object.keys(value).find((key) => !KEYS.includes(key));
  if (stranger !== undefined)
    throw new Unusable(`${file}: ${stranger} is unknown; a profile has ${KEYS.join(" and ")}`);
  const { serviceCIDRs, nodePortRange = "30000-32767" } = value;
  if (!isTexts(serviceCIDRs) || serviceCIDRs.length === 0) {
    throw new Unusable(`${file}: serviceCIDRs must be a list of CIDRs, the one of the primary family first`);
  }
  if (typeof nodePortRange !== "string") throw new Unusable(`${file}: nodePortRange must be text like "30000-32767"`);
  return { serviceCIDRs: readServiceCIDRs(serviceCIDRs), nodePortRange: readPortRange(nodePortRange) };
}

function readProfileText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    const names = [...BY_NAME.keys()].join(", ");
    throw new Unusable(
      `${JSON.stringify(file)} is no cluster profile: neither one of ${names} nor a file that can be read`,
    );
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
