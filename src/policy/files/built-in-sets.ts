import { COMING_FROM } from "./coming-from.ts";

/** The policy sets that ship with Fairlead, by the names that `--policy` accepts. */
export const BUILT_IN_SETS = ["baseline", "restricted", "dual-stack", "advice", "consistency"] as const;

/** The names of all policies that ship with Fairlead. */
export const NAMED_SETS: readonly string[] = [...BUILT_IN_SETS, ...COMING_FROM];

/** Whether the source is the name of a built-in set; a file with that name is given as `./NAME`. */
export function isBuiltInSet(source: string): boolean {
  return NAMED_SETS.includes(source);
}
