import type { Difference } from "./difference.ts";

/** The name of a difference that `docs/yaml.md` tells and gives a reason for. */
export function knownDifference(_bytes: Buffer, _difference: Difference): string | undefined {
  return undefined;
}
