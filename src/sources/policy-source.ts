import { NO_POLICIES, type PolicySet } from "../policy/model/index.ts";

/** Where the policies in use come from: nowhere, files, or the cluster. */
export interface PolicySource {
  /** The policies to judge by now. */
  current(): PolicySet;
  /** How many were read and are not in force, for what is wrong with them; none where that is no option. */
  refused?(): number;
  /** Ends all watching. */
  close(): Promise<void>;
}

/** The source of a server that was given no policy. */
export const WITHOUT_POLICIES: PolicySource = {
  current: () => NO_POLICIES,
  close: () => Promise.resolve(),
};

/** The policies of both sources as one set: their order is that of their names, wherever they come from. */
export function joinSources(first: PolicySource, second: PolicySource): PolicySource {
  let joined = { one: NO_POLICIES, other: NO_POLICIES, both: NO_POLICIES };
  return {
    current() {
      const [one, other] = [first.current(), second.current()];
      if (one !== joined.one || other !== joined.other) joined = { one, other, both: joinSets(one, other) };
      return joined.both;
    },
    refused: () => (first.refused?.() ?? 0) + (second.refused?.() ?? 0),
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

function joinSets(one: PolicySet, other: PolicySet): PolicySet {
  if (one.size === 0) return other;
  return other.size === 0 ? one : one.and(other);
}
