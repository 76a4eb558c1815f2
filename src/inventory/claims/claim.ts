import type { Path } from "../../field/index.ts";

/** Something that a Service claims for itself. */
export interface Claim {
  /** What is claimed, by kind and canonical value, such as `external-ip 192.0.2.1`: equal for all that claim it. */
  readonly key: string;
  /** Where in the Service it is claimed. */
  readonly path: Path;
  /** What is claimed, as it is written there. */
  readonly found: string | number;
}

/**
 * The most claims of one kind that are looked at of one Service. A Service may have some hundred thousand addresses, but
 * no cluster would route them.
 */
export const MAX_CLAIMS = 1000;
