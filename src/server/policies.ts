import { NO_POLICIES, type PolicySet } from "../policy/types.ts";

/** Where the policies in use come from: nowhere, files, or the cluster. */
export interface PolicySource {
  /** The policies to judge by now. */
  current(): PolicySet;
  /** Ends all watching. */
  close(): Promise<void>;
}

/** The source of a server that was given no policy. */
export const WITHOUT_POLICIES: PolicySource = {
  current: () => NO_POLICIES,
  close: () => Promise.resolve(),
};

/** The policies of both sources: the first one's defaults come first, and what it filled in the second finds given. */
export function joinSources(first: PolicySource, second: PolicySource): PolicySource {
  return {
    current: () => joinSets(first.current(), second.current()),
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

function joinSets(first: PolicySet, second: PolicySet): PolicySet {
  if (first.size === 0) return second;
  if (second.size === 0) return first;
  return {
    size: first.size + second.size,
    applyDefaults(service, context) {
      const one = first.applyDefaults(service, context);
      const other = second.applyDefaults(one.service, context);
      return {
        service: other.service,
        applied: [...one.applied, ...other.applied],
        skipped: [...one.skipped, ...other.skipped],
      };
    },
    judge: (service, context) => [...first.judge(service, context), ...second.judge(service, context)],
  };
}
