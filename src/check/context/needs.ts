import type { Need } from "../../inventory/model/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";

/** What the rules of the policies have to know of other objects, by their ids. @param findRule finds a rule of the table */
export function needsOf(
  { documents }: Pick<PolicySet, "documents">,
  findRule: (id: string) => { readonly needs?: readonly Need[] } | undefined,
): ReadonlyMap<string, readonly Need[]> {
  const ids = documents.flatMap((policy) => (policy.kind === "ServicePolicy" ? policy.spec.rules : []));
  return new Map(
    ids.flatMap(({ rule }): [string, readonly Need[]][] => {
      const found = findRule(rule)?.needs;
      return found === undefined ? [] : [[rule, found]];
    }),
  );
}
