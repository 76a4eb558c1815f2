import type { Path } from "../../field/path.ts";
import type { Service } from "../../service/types.ts";
import { provenances } from "../provenance.ts";
import type { Defaults } from "../schema/document.ts";
import type { AppliedDefault, DefaultsContext, Filled, SkippedDefault } from "../types.ts";
import { decide, same, type Situation } from "./decide.ts";
import { labelProposals, otherProposals, typeProposal, type Proposal } from "./fields.ts";

/** A policy that has defaults, as far as filling them in goes. */
export interface DefaultingPolicy {
  readonly name: string;
  readonly defaults: Defaults;
  readonly undetermined: "keep" | "fill";
  /** The reason of the exemption that covers all of the policy today. */
  readonly exemptFor: (service: Service) => string | undefined;
  readonly becameMatching: (start: Service) => boolean;
}

/** The policies with defaults that match the Service, by name. */
export type PoliciesFor = (service: Service) => readonly DefaultingPolicy[];

interface Claim {
  readonly policy: string;
  readonly value: unknown;
}

/** Defaults that the API server would refuse, by path, and why. */
type Banned = ReadonlyMap<string, string>;

/**
 * The Service with the defaults of the policies. One by one, those defaults are left out that would make the API
 * server refuse what it would have accepted.
 */
export function fillDefaults(start: Service, context: DefaultsContext, policiesFor: PoliciesFor): Filled {
  const banned = new Map<string, string>();
  for (;;) {
    const filling = new Filling(start, context, banned);
    filling.run(policiesFor);
    const culprit = findCulprit(filling, start, context);
    if (culprit === undefined) return filling;
    banned.set(culprit.path, culprit.objection);
  }
}

/** The first default that earns an objection on top of those before it; undefined where the server has no new one. */
function findCulprit(
  { steps, service }: Filling,
  start: Service,
  { objection }: DefaultsContext,
): { readonly path: string; readonly objection: string } | undefined {
  if (steps.length === 0 || objection(service) === undefined || objection(start) !== undefined) return undefined;
  let current = start;
  for (const { path, write } of steps) {
    current = write(current);
    const against = objection(current);
    if (against !== undefined) return { path: path.toString(), objection: against };
  }
  return undefined;
}

/** One round of filling in, from the start. */
class Filling implements Filled {
  service: Service;
  readonly steps: Proposal[] = [];
  readonly applied: AppliedDefault[] = [];
  readonly skipped: SkippedDefault[] = [];
  readonly #start: Service;
  readonly #context: DefaultsContext;
  readonly #banned: Banned;
  readonly #provenance: Situation["provenance"];

  constructor(start: Service, context: DefaultsContext, banned: Banned) {
    this.service = start;
    this.#start = start;
    this.#context = context;
    this.#banned = banned;
    this.#provenance = provenances(context);
  }

  /** Type and labels decide which policies match: they go first, until they bring no other policy in. */
  run(policiesFor: PoliciesFor): void {
    const stages = [typeProposal, labelProposals];
    for (;;) {
      const policies = policiesFor(this.service);
      const before = this.steps.length;
      for (const stage of stages) {
        if (this.steps.length === before) this.#fill(policies, stage);
      }
      if (this.steps.length === before) {
        this.#fill(policies, (defaults) => otherProposals(defaults, this.service));
        return;
      }
    }
  }

  #fill(policies: readonly DefaultingPolicy[], proposals: (defaults: Defaults) => Proposal[]): void {
    const claims = new Map<string, Claim>();
    for (const policy of policies) {
      for (const proposal of proposals(policy.defaults)) this.#consider(policy, proposal, claims);
    }
  }

  #consider(policy: DefaultingPolicy, proposal: Proposal, claims: Map<string, Claim>): void {
    const path = proposal.path.toString();
    const claim = claims.get(path);
    const exempt = policy.exemptFor(this.#start);
    const decision = decide(proposal, this.service, {
      context: this.#context,
      start: this.#start,
      provenance: this.#provenance,
      undetermined: policy.undetermined,
      becameMatching: () => policy.becameMatching(this.#start),
    });
    if (exempt === undefined && claim === undefined && proposal.fits(this.service)) {
      claims.set(path, { policy: policy.name, value: proposal.value });
    }
    if (decision.kind === "keep") return;
    // An earlier stage may have filled the place in.
    const filled = this.applied.find((done) => done.path.toString() === path);
    if (exempt !== undefined) this.#skip(policy, proposal.path, `exempt: ${exempt}`);
    else if (filled !== undefined || claim !== undefined) this.#skipSecond(policy, proposal, filled ?? claim);
    else if (decision.kind === "skip") this.#skip(policy, proposal.path, decision.reason);
    else this.#apply(policy, proposal, this.#banned.get(path));
  }

  #skipSecond(policy: DefaultingPolicy, { path, value }: Proposal, first: Claim | undefined): void {
    if (first === undefined || first.policy === policy.name || same(first.value, value)) return;
    const why =
      first.policy < policy.name
        ? "comes first by name and has a default for it, too"
        : "has filled it in, and this one matches only since";
    this.#skip(policy, path, `the policy ${first.policy} ${why}`);
  }

  #apply(policy: DefaultingPolicy, proposal: Proposal, objection: string | undefined): void {
    if (objection !== undefined) {
      this.#skip(policy, proposal.path, `the API server would refuse it: ${objection}`);
      return;
    }
    this.service = proposal.write(this.service);
    this.steps.push(proposal);
    this.applied.push({ policy: policy.name, path: proposal.path, value: proposal.value });
  }

  /** A stage may run more than once: what is said is said once. */
  #skip({ name }: DefaultingPolicy, path: Path, reason: string): void {
    const text = path.toString();
    const said = this.skipped.some((skip) => skip.policy === name && skip.path.toString() === text);
    if (!said) this.skipped.push({ policy: name, path, reason });
  }
}
