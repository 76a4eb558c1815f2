import type { Claim } from "../../../inventory/claims/index.ts";
import type { ServiceEntry } from "../../../inventory/model/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import { type RuleContext, type Surroundings, surroundingsOf, type Violation } from "../kit/index.ts";
import { fullName, isSame, namesOf } from "./names.ts";

/** Whether two Services cannot both be what they are; the second one is never the one that is judged. */
type IsConflict = (one: ServiceEntry, other: ServiceEntry) => boolean;

/**
 * The most work of comparing one Service with others, in ports that are looked at: the time that it takes has a limit then,
 * whatever they claim. Enough for some ten thousand Services that claim the same.
 */
const MOST_WORK = 200_000;

/** Compares a Service with others. One object for all that a rule asks about it. */
export class Comparison {
  readonly #around: Surroundings;
  #left = MOST_WORK;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /**
   * The full names of the Services that come into conflict by this write, each once, in no order. A Service does not conflict
   * with itself, and an update is not found for what was in conflict before.
   */
  conflicts(others: Iterable<ServiceEntry>, isConflict: IsConflict): ReadonlySet<string> {
    const { service, old } = this.#around;
    const found = new Set<string>();
    for (const other of others) {
      if (this.#left < 0) break;
      this.#left -= 1 + service.ports.length + other.ports.length;
      if (isSame(service, other) || !isConflict(service, other)) continue;
      if (old !== undefined && isConflict(old, other)) continue;
      found.add(fullName(other));
    }
    return found;
  }
}

/** A claim that others have made before, as a violation without its message. */
type Contested = Required<Omit<Violation, "says" | "mayBeElsewhere">>;

/**
 * What a Service newly claims although others claim it, too.
 * @param claimsIn what a Service claims
 * @param isConflict whether two Services that claim this cannot both have it
 */
export function contested(
  judged: Service,
  context: RuleContext,
  claimsIn: (service: ServiceEntry) => readonly Claim[],
  isConflict: (claim: Claim, one: ServiceEntry, other: ServiceEntry) => boolean,
): readonly Contested[] {
  const around = surroundingsOf(judged, context);
  if (around === undefined) return [];
  const { service, old, inventory } = around;
  const before = new Set(old === undefined ? [] : claimsIn(old).map(({ key }) => key));
  const comparison = new Comparison(around);
  return claimsIn(service).flatMap((claim) => {
    const by = comparison.conflicts(
      inventory.claimants(claim.key),
      (one, other) => (one !== old || before.has(claim.key)) && isConflict(claim, one, other),
    );
    if (by.size === 0) return [];
    return [{ path: claim.path, found: claim.found, facts: { services: namesOf(by) } }];
  });
}
