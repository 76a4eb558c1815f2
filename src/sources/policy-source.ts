import { NO_POLICIES, type PolicySet } from "../policy/model/index.ts";

/** The source of the policies: none, files, or the cluster. */
export interface PolicySource {
  /** The policies that are in force now. */
  current(): PolicySet;
  /** The number of policies that were read but are invalid and not in force; absent if the source cannot have any. */
  refused?(): number;
  /** Stops watching for changes. */
  close(): Promise<void>;
}

/** The source of a server without policies. */
export const EMPTY_POLICY_SOURCE: PolicySource = {
  current: () => NO_POLICIES,
  close: () => Promise.resolve(),
};

/** The policies of both sources as one set, ordered by name regardless of their source. */
export function mergePolicySources(first: PolicySource, second: PolicySource): PolicySource {
  let merged = { first: NO_POLICIES, second: NO_POLICIES, result: NO_POLICIES };
  return {
    current() {
      const current = { first: first.current(), second: second.current() };
      if (current.first !== merged.first || current.second !== merged.second)
        merged = { ...current, result: mergeSets(current.first, current.second) };
      return merged.result;
    },
    refused: () => (first.refused?.() ?? 0) + (second.refused?.() ?? 0),
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

function mergeSets(first: PolicySet, second: PolicySet): PolicySet {
  if (first.size === 0) return second;
  return second.size === 0 ? first : first.and(second);
}
