import type { JsonObject } from "../../field/json.ts";
import { compilePolicies, type PolicySet, readPolicy, type ServicePolicy } from "../../policy/index.ts";
import { textAt } from "../api/kubernetes-api.ts";
import { policyDocument } from "./document.ts";

/** One policy of the cluster: in force, or why not. */
export interface Verdict {
  readonly name: string;
  /** The object as it was read, as far as it is kept. */
  readonly object: JsonObject;
  /** What is wrong with it, one sentence each; none if it is in force. */
  readonly problems: readonly string[];
}

/** All policies of the cluster, read. */
export interface PolicyState {
  readonly set: PolicySet;
  readonly verdicts: readonly Verdict[];
}

/**
 * Reads the objects as policies and makes one set of the good ones. A bad one is left out and does no harm to the
 * others. Pure, so that every replica comes to the same set.
 */
export function readPolicies(objects: readonly JsonObject[]): PolicyState {
  const good: ServicePolicy[] = [];
  const verdicts = objects.map((object): Verdict => {
    const name = textAt(object, "metadata", "name") ?? "";
    const reading = readPolicy(policyDocument(object));
    if ("policy" in reading) {
      good.push(reading.policy);
      return { name, object, problems: [] };
    }
    return { name, object, problems: reading.problems.map(({ path, message }) => `${path.toString()}: ${message}`) };
  });
  return { set: compilePolicies(good), verdicts };
}
