import { expect, it } from "@jest/globals";
import { BUILT_IN_SETS } from "#src/policy/files/built-in-sets.ts";
import { loadPolicies } from "#src/policy-files/load.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { exported, TARGET } from "./support.ts";

it.each(BUILT_IN_SETS.flatMap((set) => [33, 34, 36].map((minor) => ({ set, minor }))))(
  "the set $set is exported for Kubernetes 1.$minor",
  async ({ set, minor }) => {
    const { documents } = await loadPolicies([set]);
    for (const document of documents) {
      if (document.kind !== "ServicePolicy") continue;
      expect(() => exported(document, { ...TARGET, version: { minor }, cluster: PROFILES.dual })).not.toThrow();
    }
  },
);
