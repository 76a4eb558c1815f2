import type { ClusterRange, Message } from "./message.ts";
import { type Code, MESSAGES } from "./messages.ts";

/** The options of `fairlead check` that name a range. */
const OPTIONS = {
  serviceCIDRs: "--service-cidr or --cluster-profile",
  nodePortRange: "--node-port-range or --cluster-profile",
} as const satisfies Record<ClusterRange, string>;

/** The options of `fairlead check` that name the range on which a finding depends; undefined if it depends on none. */
export function rangeOptions(code: Code): string | undefined {
  const { range }: Message = MESSAGES[code];
  return range && OPTIONS[range];
}
