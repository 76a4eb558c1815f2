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
