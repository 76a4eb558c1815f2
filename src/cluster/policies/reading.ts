import { policyDocument } from "../../admission/index.ts";
import { equalJsonOrEmpty, type JsonObject, valueAt } from "../../field/index.ts";
import { compilePolicies, readPolicy } from "../../policy/compile/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";
import type { ServicePolicy } from "../../policy/schema/index.ts";
import { textAt } from "../api/index.ts";

/** One policy of the cluster: in force, or why not. */
export interface PolicyReading {
  readonly name: string;
  /** The object as it was read, as far as it is pickFields. */
  readonly object: JsonObject;
  /** The policy, where it is in force. */
  readonly policy: ServicePolicy | undefined;
  /** What is wrong with it, one sentence each; none if it is in force. */
  readonly problems: readonly string[];
}

/** All policies of the cluster, read. */
export interface PolicyState {
  readonly set: PolicySet;
  readonly readings: readonly PolicyReading[];
}

/**
 * Reads an object as a policy, and compiles it. Where only its status, or nothing, has changed since it was read
 * before, that reading still holds. Pure, so that every replica comes to the same.
 */
export function readPolicyObject(object: JsonObject, before: PolicyReading | undefined): PolicyReading {
  const name = textAt(object, "metadata", "name") ?? "";
  if (before !== undefined && isSameSpec(object, before.object)) return { ...before, object };
  const reading = readPolicy(policyDocument(object));
  if ("policy" in reading) {
    // What compiling makes of it is pickFields with the document.
    compilePolicies([reading.policy]);
    return { name, object, policy: reading.policy, problems: [] };
  }
  const problems = reading.problems.map(({ path, message }) => `${path.toString()}: ${message}`);
  return { name, object, policy: undefined, problems };
}

/**
 * Makes one set of the good ones. A bad one is left out and does no harm to the others. A set of the same policies stays
 * the same set, so that whoever made something of it need not do so again.
 */
export function stateOf(readings: readonly PolicyReading[], before: PolicySet | undefined): PolicyState {
  const good = readings.flatMap(({ policy }) => policy ?? []);
  const isSame = before?.documents.length === good.length && before.documents.every((one, i) => one === good[i]);
  return { set: before !== undefined && isSame ? before : compilePolicies(good), readings };
}

/** The API server counts the generations of an object's spec; an object of another uid counts from the start. */
function isSameSpec(object: JsonObject, before: JsonObject): boolean {
  const [now, then] = [object, before].map((one) => [
    valueAt(one, ["metadata", "uid"]),
    valueAt(one, ["metadata", "generation"]),
  ]);
  if (typeof now?.[0] === "string" && typeof now[1] === "number") return now[0] === then?.[0] && now[1] === then[1];
  return equalJsonOrEmpty(object["spec"], before["spec"]);
}
