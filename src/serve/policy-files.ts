import { loadPolicies, problemText, watchPolicies } from "../policy/files/index.ts";
import type { PolicySet } from "../policy/model/index.ts";
import type { PolicySource } from "../sources/index.ts";
import { ConfigError } from "../usage/index.ts";

/** What is told of each change of the files. */
export interface PolicyReloadListener {
  readonly success: (policies: PolicySet) => void;
  readonly error: (problems: readonly string[]) => void;
}

/**
 * Policies from files, directories and ready-made sets, followed as they change. Files that cannot be used leave the
 * policies in use as they are.
 * @throws ConfigError with a line for each thing that is wrong with them at the start.
 */
export async function openPolicyFiles(sources: readonly string[], told: PolicyReloadListener): Promise<PolicySource> {
  const loaded = await loadPolicies(sources);
  if (loaded.problems.length > 0) throw new ConfigError(loaded.problems.map(problemText));
  let { policies } = loaded;
  const watching = watchPolicies(
    sources,
    (reload) => {
      if (reload.outcome === "refused") {
        told.error(reload.problems.map(problemText));
        return;
      }
      policies = reload.loaded.policies;
      told.success(policies);
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
