import { loadPolicies, watchPolicies } from "../policy-files/index.ts";
import { problemText } from "../policy/files/index.ts";
import type { PolicySet } from "../policy/model/index.ts";
import type { PolicySource } from "../sources/index.ts";
import { ConfigError } from "../usage/index.ts";

/** Called at each change of the files: with the policies, or with the problems. */
export interface PolicyReloadListener {
  readonly success: (policies: PolicySet) => void;
  readonly error: (problems: readonly string[]) => void;
  /** Called with what is passed over, and why; empty if nothing is. */
  readonly notes: (notes: readonly string[]) => void;
}

/**
 * Policies from files, directories and ready-made sets, reloaded as the files change. If the changed files cannot be used, the
 * policies in use stay.
 * @throws ConfigError with a line for each problem at the start.
 */
export async function openPolicyFiles(
  sources: readonly string[],
  listener: PolicyReloadListener,
): Promise<PolicySource> {
  const loaded = await loadPolicies(sources);
  if (loaded.problems.length > 0) throw new ConfigError(loaded.problems.map(problemText));
  let { policies } = loaded;
  listener.notes(loaded.notes.map(problemText));
  const watching = watchPolicies(
    sources,
    (reload) => {
      if (reload.outcome === "refused") {
        listener.error(reload.problems.map(problemText));
        return;
      }
      policies = reload.loaded.policies;
      listener.notes(reload.loaded.notes.map(problemText));
      listener.success(policies);
    },
    { digest: loaded.digest },
  );
  return {
    current: () => policies,
    close: () => {
      watching.close();
      return Promise.resolve();
    },
  };
}
