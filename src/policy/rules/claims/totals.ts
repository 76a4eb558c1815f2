import { type Usage, usageOf } from "../../../inventory/claims/index.ts";
import type { Path } from "../../../field/index.ts";
import { METADATA, SPEC, type Surroundings } from "../kit/index.ts";
import { isSame } from "./names.ts";

/** Something that a namespace may have only so many of: how messages call it, and where a Service asks for it. */
export interface Counted {
  readonly of: keyof Usage;
  readonly things: string;
  readonly path: Path;
}

/** In the order in which they are reported. */
export const COUNTED: readonly Counted[] = [
  { of: "services", things: "Services", path: METADATA.child("namespace") },
  { of: "loadBalancers", things: "load balancers", path: SPEC.child("type") },
  { of: "nodePorts", things: "node ports", path: SPEC.child("ports") },
];

/** How many there are in the namespace with this write; only of what the write adds to. */
export function totalsAfter({ service, old, inventory }: Surroundings): Partial<Usage> {
  const own = usageOf(service);
  const before = old && usageOf(old);
  const growing = COUNTED.map(({ of }) => of).filter((of) => own[of] > (before?.[of] ?? 0));
  if (growing.length === 0) return {};
  const totals = { ...own };
  for (const other of inventory.servicesIn(service.namespace)) {
    if (isSame(service, other)) continue;
    const usage = usageOf(other);
    totals.services += usage.services;
    totals.loadBalancers += usage.loadBalancers;
    totals.nodePorts += usage.nodePorts;
  }
  return Object.fromEntries(growing.map((of) => [of, totals[of]]));
}
