import type { PolicySet } from "../../policy/model/index.ts";
import { isForbidden, isMissing, type KubernetesApi, listAll } from "../api/index.ts";
import { type PolicyReading, readPolicyObject, stateOf } from "./reading.ts";
import { POLICIES_PATH } from "./status.ts";

/** The ServicePolicy objects of a cluster at one time. */
export interface ReadPolicies {
  /** Those that are in force. */
  readonly set: PolicySet;
  /** What is not in force or could not be read, and why; one sentence each. */
  readonly notes: readonly string[];
}

/** Reads the policies of a cluster once. @throws ApiError if the API server cannot be reached */
export async function readClusterPolicies(api: KubernetesApi): Promise<ReadPolicies> {
  const readings: PolicyReading[] = [];
  const notes: string[] = [];
  try {
    for await (const object of listAll(api, POLICIES_PATH)) readings.push(readPolicyObject(object, undefined));
  } catch (error) {
    if (isMissing(error)) notes.push("the cluster does not know ServicePolicy objects");
    else if (isForbidden(error))
      notes.push("the policies of the cluster may not be read: allow list of servicepolicies");
    else throw error;
  }
  for (const { name, problems } of readings) {
    if (problems.length > 0) notes.push(`the policy ${name} of the cluster is not in force: ${problems.join("; ")}`);
  }
  return { set: stateOf(readings, undefined).set, notes };
}
