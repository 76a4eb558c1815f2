import type { Code } from "../../../src/service/messages/messages.ts";
import { ADDRESSES } from "./addresses.ts";
import { CLUSTER_IPS } from "./cluster-ips.ts";
import { DECODING } from "./decoding.ts";
import type { CatalogueExample, ExampleInWords } from "./example.ts";
import { METADATA } from "./metadata.ts";
import { PORTS } from "./ports.ts";
import { SPEC } from "./spec.ts";
import { STATUS } from "./status.ts";
import { UPDATES } from "./updates.ts";
import { WARNINGS } from "./warnings.ts";

/** An example of each rule of the engine. A code without one does not compile. */
export const ENGINE_EXAMPLES: Readonly<Record<Code, (CatalogueExample | ExampleInWords) & { readonly why: string }>> = {
  ...DECODING,
  ...METADATA,
  ...SPEC,
  ...PORTS,
  ...ADDRESSES,
  ...CLUSTER_IPS,
  ...STATUS,
  ...UPDATES,
  ...WARNINGS,
};
