import { policyDocument } from "../../admission/index.ts";
import { equalJsonOrEmpty, type JsonObject, valueAt } from "../../field/index.ts";
import { compilePolicies, readPolicy } from "../../policy/compile/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";
import { problemMessage, type ServicePolicy } from "../../policy/schema/index.ts";
import { textAt } from "../api/index.ts";

/** One policy of the cluster: in force, or the reasons why not. */
export interface PolicyReading {
  readonly name: string;
  /** The object as it was read, reduced to the fields that are kept. */
  readonly object: JsonObject;
  /** The policy; undefined if it is not in force. */
  readonly policy: ServicePolicy | undefined;
  /** Its problems, one sentence each; empty if it is in force. */
  readonly problems: readonly string[];
}

/** All policies of the cluster. */
export interface PolicyState {
  readonly set: PolicySet;
  readonly readings: readonly PolicyReading[];
}

/**
 * Reads an object as a policy and compiles it. If its spec is the same as in the previous reading, that reading is
 * reused. Pure, so that every replica comes to the same result.
 */
export function readPolicyObject(object: JsonObject, before: PolicyReading | undefined): PolicyReading {
  const name = textAt(object, "metadata", "name") ?? "";
  if (before !== undefined && isSameSpec(object, before.object)) return { ...before, object };
  const reading = readPolicy(policyDocument(object));
  if ("policy" in reading) {
    // The compiled form is cached with the document.
    compilePolicies([reading.policy]);
    return { name, object, policy: reading.policy, problems: [] };
  }
  const problems = reading.problems.map((problem) => `${problem.path.toString()}: ${problemMessage(problem)}`);
  return { name, object, policy: undefined, problems };
}

/**
 * Joins the valid policies into one set; an invalid one is left out and does not affect the others. If the policies are
 * the same as before, the same set is returned, so that what was derived from it stays valid.
 */
export function stateOf(readings: readonly PolicyReading[], before: PolicySet | undefined): PolicyState {
  const good = readings.flatMap(({ policy }) => policy ?? []);
  const isSame = before?.documents.length === good.length && before.documents.every((one, i) => one === good[i]);
  return { set: before !== undefined && isSame ? before : compilePolicies(good), readings };
}

/** The API server increments `generation` with each change of the spec; an object of another uid starts again at 1. */
function isSameSpec(object: JsonObject, before: JsonObject): boolean {
  const [now, then] = [object, before].map((one) => [
    valueAt(one, ["metadata", "uid"]),
    valueAt(one, ["metadata", "generation"]),
  ]);
  if (typeof now?.[0] === "string" && typeof now[1] === "number") return now[0] === then?.[0] && now[1] === then[1];
  return equalJsonOrEmpty(object["spec"], before["spec"]);
}
