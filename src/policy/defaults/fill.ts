import { type Checkpoint, nowAndThen } from "../../field/budget.ts";
import type { Path } from "../../field/path.ts";
import type { Service } from "../../service/types.ts";
import { isServerSideApplied, provenances } from "../provenance.ts";
import type { Defaults } from "../schema/document.ts";
import type { AppliedDefault, DefaultsContext, Filled, SkippedDefault } from "../types.ts";
import { draftOf, findCulprits } from "./culprits.ts";
import { decide, same, type Situation } from "./decide.ts";
import { affinityProposals, labelProposals, otherProposals, typeProposal, type Proposal } from "./fields.ts";

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
type PoliciesFor = (service: Service) => readonly DefaultingPolicy[];

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
    const culprits = findCulprits(filling.steps, start, context);
    if (culprits.length === 0) return filling;
    for (const { path, objection } of culprits) banned.set(path, objection);
  }
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
  readonly #situation: Omit<Situation, "undetermined" | "becameMatching">;
  readonly #turn: Checkpoint;
  readonly #appliedAt = new Map<string, AppliedDefault>();
  readonly #skippedAt = new Set<string>();

  constructor(start: Service, context: DefaultsContext, banned: Banned) {
    this.service = start;
    this.#start = start;
    this.#context = context;
    this.#banned = banned;
    this.#turn = nowAndThen(context.checkpoint);
    const isApplied = isServerSideApplied(context.given);
    this.#situation = { context, start, provenance: provenances(context), isServerSideApplied: isApplied };
  }

  /** Type and labels decide which policies match: they go first, until they bring no other policy in. */
  run(policiesFor: PoliciesFor): void {
    const stages = [typeProposal, labelProposals];
    for (;;) {
      this.#context.checkpoint?.();
      const policies = policiesFor(this.service).map((policy) => onceEach(policy, this.#start));
      const before = this.steps.length;
      for (const stage of stages) {
        if (this.steps.length === before) this.#fill(policies, stage);
      }
      if (this.steps.length === before) {
        this.#fill(policies, affinityProposals);
        this.#fill(policies, (defaults) => otherProposals(defaults, this.service));
        return;
      }
    }
  }

  #fill(policies: readonly AskedOnce[], proposals: (defaults: Defaults) => Proposal[]): void {
    const claims = new Map<string, Claim>();
    for (const policy of policies) {
      this.#context.checkpoint?.();
      for (const proposal of proposals(policy.defaults)) this.#consider(policy, proposal, claims);
    }
  }

  #consider(policy: AskedOnce, proposal: Proposal, claims: Map<string, Claim>): void {
    this.#turn();
    const path = proposal.path.toString();
    const claim = claims.get(path);
    const exempt = policy.exempt();
    const { undetermined, becameMatching } = policy;
    const decision = decide(proposal, this.service, { ...this.#situation, undetermined, becameMatching });
    if (exempt === undefined && claim === undefined && proposal.fits(this.service)) {
      claims.set(path, { policy: policy.name, value: proposal.value });
    }
    if (decision.kind === "keep") return;
    // An earlier stage may have filled the place in.
    const filled = this.#appliedAt.get(path);
    if (exempt !== undefined) this.#skip(policy, proposal.path, `exempt: ${exempt}`);
    else if (filled !== undefined || claim !== undefined) this.#skipSecond(policy, proposal, filled ?? claim);
    else if (decision.kind === "skip") this.#skip(policy, proposal.path, decision.reason);
    else this.#apply(policy, proposal, this.#banned.get(path));
  }

  #skipSecond(policy: AskedOnce, { path, value }: Proposal, first: Claim | undefined): void {
    if (first === undefined || first.policy === policy.name || same(first.value, value)) return;
    const why =
      first.policy < policy.name
        ? "comes first by name and has a default for it, too"
        : "has filled it in, and this one matches only since";
    this.#skip(policy, path, `the policy ${first.policy} ${why}`);
  }

  #apply(policy: AskedOnce, proposal: Proposal, objection: string | undefined): void {
    if (objection !== undefined) {
      this.#skip(policy, proposal.path, `the API server would refuse it: ${objection}`);
      return;
    }
    if (this.service === this.#start) this.service = draftOf(this.#start);
    proposal.write(this.service);
    this.steps.push(proposal);
    const done = { policy: policy.name, path: proposal.path, value: proposal.value };
    this.applied.push(done);
    this.#appliedAt.set(proposal.path.toString(), done);
  }

  /** A stage may run more than once: what is said is said once. */
  #skip({ name }: AskedOnce, path: Path, reason: string): void {
    const said = `${name} ${path.toString()}`;
    if (this.#skippedAt.has(said)) return;
    this.#skippedAt.add(said);
    this.skipped.push({ policy: name, path, reason });
  }
}

/** A policy of which nothing is asked twice that is the same for all of its defaults. */
interface AskedOnce {
  readonly name: string;
  readonly defaults: Defaults;
  readonly undetermined: "keep" | "fill";
  readonly exempt: () => string | undefined;
  readonly becameMatching: () => boolean;
}

function onceEach(policy: DefaultingPolicy, start: Service): AskedOnce {
  const { name, defaults, undetermined } = policy;
  const exempt = once(() => policy.exemptFor(start));
  return { name, defaults, undetermined, exempt, becameMatching: once(() => policy.becameMatching(start)) };
}

function once<T>(ask: () => T): () => T {
  let known: { readonly answer: T } | undefined;
  return () => (known ??= { answer: ask() }).answer;
}
