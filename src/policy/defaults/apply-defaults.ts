import { type Checkpoint, equalJson, everyFewIterations, lazily, type Path } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import {
  type AppliedDefault,
  compileProvenance,
  type DefaultedService,
  type DefaultsContext,
  isServerSideApplied,
  type SkippedDefault,
} from "../model/index.ts";
import type { Defaults } from "../schema/index.ts";
import { decide, type DecisionContext } from "./decide.ts";
import { type DefaultProposal, type FixedProposals, portProposals } from "./proposals.ts";
import { copyForDefaults, findRefusedDefaults } from "./refused-defaults.ts";

/** The properties of a policy that matter for applying its defaults. */
export interface DefaultingPolicy {
  readonly name: string;
  readonly defaults: Defaults;
  readonly proposals: FixedProposals;
  readonly undetermined: "keep" | "fill";
  /** The reason of the unexpired exemption that covers the whole policy; undefined if there is none. */
  readonly exemptFor: (service: Service) => string | undefined;
  /** Whether the update makes the Service match a policy that its stored version did not match. */
  readonly becameMatching: (start: Service) => boolean;
}

/** The policies with defaults that match the Service, sorted by name. */
type PoliciesFor = (service: Service) => readonly DefaultingPolicy[];

/** The first default for a field, which takes precedence over those of later policies. */
interface Claim {
  readonly policy: string;
  readonly value: unknown;
}

/** The reasons of the API server against defaults that are left out, by path. */
type Refusals = ReadonlyMap<string, string>;

/**
 * Applies the defaults of the policies to a Service. Defaults because of which the API server would refuse a Service
 * that it would otherwise accept are left out, one by one.
 */
export function applyDefaults(start: Service, context: DefaultsContext, policiesFor: PoliciesFor): DefaultedService {
  const policies = policiesFor(start);
  if (policies.length === 0) return { service: start, applied: [], skipped: [] };
  const refusals = new Map<string, string>();
  for (;;) {
    const attempt = new DefaultingAttempt(start, context, refusals);
    attempt.run(policies, policiesFor);
    const refused = findRefusedDefaults(attempt.steps, start, attempt.service, context);
    if (refused.length === 0) return attempt;
    for (const { path, objection } of refused) refusals.set(path, objection);
  }
}

/** One attempt to apply all defaults, starting from the original Service. */
class DefaultingAttempt implements DefaultedService {
  service: Service;
  readonly steps: DefaultProposal[] = [];
  readonly applied: AppliedDefault[] = [];
  readonly skipped: SkippedDefault[] = [];
  readonly #start: Service;
  readonly #context: DefaultsContext;
  readonly #refusals: Refusals;
  readonly #decisionContext: Omit<DecisionContext, "undetermined" | "becameMatching">;
  readonly #checkpoint: Checkpoint;
  readonly #appliedAt = new Map<string, AppliedDefault>();
  readonly #skippedAt = new Set<string>();

  constructor(start: Service, context: DefaultsContext, refusals: Refusals) {
    this.service = start;
    this.#start = start;
    this.#context = context;
    this.#refusals = refusals;
    this.#checkpoint = everyFewIterations(context.checkpoint);
    const isApplied = isServerSideApplied(context.given);
    this.#decisionContext = { context, start, provenance: compileProvenance(context), isServerSideApplied: isApplied };
  }

  /**
   * Applies type and labels first, because they determine which policies match, until no further policy matches.
   * @param matching the policies that match the Service before
   */
  run(matching: readonly DefaultingPolicy[], policiesFor: PoliciesFor): void {
    for (let found = matching; ; found = policiesFor(this.service)) {
      this.#context.checkpoint?.();
      const policies = found.map((policy) => withCachedAnswers(policy, this.#start));
      const before = this.steps.length;
      this.#fill(policies, "type");
      if (this.steps.length === before) this.#fill(policies, "labels");
      if (this.steps.length > before) continue;
      for (const stage of ["affinity", "others"] as const) this.#fill(policies, stage);
      return;
    }
  }

  #fill(policies: readonly CachedPolicy[], stage: Stage): void {
    const claims = new Map<string, Claim>();
    for (const policy of policies) {
      this.#context.checkpoint?.();
      for (const proposal of proposalsOf(policy, stage, this.service)) this.#consider(policy, proposal, claims);
    }
  }

  #consider(policy: CachedPolicy, proposal: DefaultProposal, claims: Map<string, Claim>): void {
    this.#checkpoint();
    const { at: path } = proposal;
    const claim = claims.get(path);
    const exempt = policy.exempt();
    const { undetermined, becameMatching } = policy;
    const decision = decide(proposal, this.service, { ...this.#decisionContext, undetermined, becameMatching });
    if (exempt === undefined && claim === undefined && proposal.fits(this.service, this.#context.version)) {
      claims.set(path, { policy: policy.name, value: proposal.value });
    }
    if (decision.kind === "keep") return;
    // An earlier stage may have set the field.
    const filled = this.#appliedAt.get(path);
    if (exempt !== undefined) this.#skip(policy, proposal.path, `exempt: ${exempt}`);
    else if (filled !== undefined || claim !== undefined) this.#skipSecond(policy, proposal, filled ?? claim);
    else if (decision.kind === "skip") this.#skip(policy, proposal.path, decision.reason);
    else this.#apply(policy, proposal, this.#refusals.get(path));
  }

  #skipSecond(policy: CachedPolicy, { path, value }: DefaultProposal, first: Claim | undefined): void {
    if (first === undefined || first.policy === policy.name || equalJson(first.value, value)) return;
    const why =
      first.policy < policy.name
        ? "comes first by name and has a default for it, too"
        : "has filled it in, and this one matches only since";
    this.#skip(policy, path, `the policy ${first.policy} ${why}`);
  }

  #apply(policy: CachedPolicy, proposal: DefaultProposal, objection: string | undefined): void {
    if (objection !== undefined) {
      this.#skip(policy, proposal.path, `the API server would refuse it: ${objection}`);
      return;
    }
    if (this.service === this.#start) this.service = copyForDefaults(this.#start);
    proposal.write(this.service);
    this.steps.push(proposal);
    const appliedDefault = { policy: policy.name, path: proposal.path, value: proposal.value };
    this.applied.push(appliedDefault);
    this.#appliedAt.set(proposal.at, appliedDefault);
  }

  /** Records a skipped default; once only, as a stage may run more than once. */
  #skip({ name }: CachedPolicy, path: Path, reason: string): void {
    const key = `${name} ${path.toString()}`;
    if (this.#skippedAt.has(key)) return;
    this.#skippedAt.add(key);
    this.skipped.push({ policy: name, path, reason });
  }
}

/** The stages in which defaults are applied: each can see what those before it have set. */
type Stage = "type" | "labels" | "affinity" | "others";

function proposalsOf(
  { proposals, defaults }: CachedPolicy,
  stage: Stage,
  service: Service,
): readonly DefaultProposal[] {
  if (stage !== "others") return proposals[stage];
  const ports = portProposals(defaults, service);
  const { fields, annotations } = proposals;
  return fields.length + ports.length + annotations.length === 0 ? [] : [...fields, ...ports, ...annotations];
}

/** A policy whose answers that are the same for all of its defaults are computed once. */
interface CachedPolicy {
  readonly name: string;
  readonly defaults: Defaults;
  readonly proposals: FixedProposals;
  readonly undetermined: "keep" | "fill";
  readonly exempt: () => string | undefined;
  readonly becameMatching: () => boolean;
}

function withCachedAnswers(policy: DefaultingPolicy, start: Service): CachedPolicy {
  const { name, defaults, proposals, undetermined } = policy;
  const exempt = lazily(() => policy.exemptFor(start));
  return {
    name,
    defaults,
    proposals,
    undetermined,
    exempt,
    becameMatching: lazily(() => policy.becameMatching(start)),
  };
}
