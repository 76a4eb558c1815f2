import type { Judgement } from "../../engine/index.ts";
import { Path } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import type { Duplicate } from "../../text/document/index.ts";
import { FixPlan, type LocatedManifest, type RefusedStep, type Step } from "./fix-plan.ts";

/** How a manifest is judged. */
export interface HowJudged {
  readonly duplicates: readonly Duplicate[];
  /** Whether it is validated although its values cannot be allocated. */
  readonly allStages: boolean;
}

/** Judges a manifest, as it is or corrected. */
type Judge = (object: unknown, how: HowJudged) => Judgement;

/** More than the stages that the API server has, for fixes that reveal something to be fixed. */
const MOST_ROUNDS = 20;
/** So many fixes of what is only warned of are tried one by one, if not all of them can be made. */
const MOST_TRIED = 50;

/**
 * Judges a manifest with the causes that the API server would name once others are mended: it answers for unknown and
 * duplicate fields first, then for values that it cannot read, and for all others only after that. A person wants to know
 * all of them at once, and a fix must not bring in what was not told before.
 */
export function judgeThroughFixes(
  manifest: LocatedManifest,
  judge: Judge,
): { readonly judgement: Judgement; readonly plan: FixPlan } {
  const plan = new FixPlan(manifest);
  const first = judge(manifest.value, { duplicates: manifest.duplicates, allStages: false });
  const causes = new FindingList(first.causes);
  const warnings = new FindingList(first.warnings);
  let latest = first;
  let allStages = false;
  let taken: readonly Step[] = [];
  for (let round = 0, fresh = first.causes; round < MOST_ROUNDS && !latest.decision.allowed; round++) {
    const steps = plan.plan(fresh);
    if (steps.length === 0 && !fresh.some(({ code }) => code === "duplicate-field")) {
      if (allStages) break;
      allStages = true;
    }
    latest = judge(plan.corrected, { duplicates: [], allStages });
    taken = [...taken.filter(({ finding }) => plan.refusalOf(finding) === undefined), ...steps];
    const refused = refusedSteps(taken, new Set(steps), latest.causes, causes);
    if (refused.length > 0) {
      plan.takeBack(refused);
      latest = judge(plan.corrected, { duplicates: [], allStages });
    }
    fresh = causes.add(latest.causes.filter((cause) => !plan.isUncertain(cause)));
  }
  warnings.add(latest.warnings);
  fixWarnings(plan, warnings, causes, judge);
  const { defaulted, policy } = plan.isPartial ? first : latest;
  const judgement = {
    ...first,
    ...(defaulted && { defaulted }),
    causes: withoutRepetition(causes.all.map((cause) => inCorrected(cause, plan))),
    warnings: warnings.all,
    policy,
  };
  return { judgement, plan };
}

/** Plans the fixes of what the API server accepts with a warning: with one of these nothing may be refused that was not. */
function fixWarnings(plan: FixPlan, warnings: FindingList, causes: FindingList, judge: Judge): void {
  const cause = (): Finding | undefined =>
    judge(plan.corrected, { duplicates: [], allStages: true }).causes.find(
      (one) => !causes.has(one) && !plan.isUncertain(one),
    );
  const steps = plan.plan(warnings.all);
  const because = steps.length === 0 ? undefined : cause();
  if (because === undefined) return;
  plan.takeBack(steps.map((step) => ({ step, because })));
  for (const step of steps.slice(0, MOST_TRIED)) {
    plan.retake(step);
    const refusal = cause();
    if (refusal !== undefined) plan.takeBack([{ step, because: refusal }]);
  }
}

/**
 * The edits of values that the API server refuses as edited: a cause is about the new value, or is new in this round and
 * about what the value is in. A key that is renamed is one thing, what is wrong with its value another.
 */
function refusedSteps(
  taken: readonly Step[],
  steps: ReadonlySet<Step>,
  causes: readonly Finding[],
  known: FindingList,
): RefusedStep[] {
  const byPointer = new Map(causes.map((cause) => [cause.path.toPointer(), cause]));
  const fresh = new Map(causes.filter((cause) => !known.has(cause)).map((cause) => [cause.path.toPointer(), cause]));
  return taken.flatMap((step) => {
    if (step.edit === undefined || step.rename !== undefined) return [];
    let because = byPointer.get(step.finding.path.toPointer());
    for (
      let at = step.finding.path.parent;
      steps.has(step) && because === undefined && at !== undefined;
      at = at.parent
    )
      because = fresh.get(at.toPointer());
    return because === undefined ? [] : [{ step, because }];
  });
}

/** Findings in the order in which they are found, each once. */
class FindingList {
  readonly #all: Finding[] = [];
  readonly #keys = new Set<string>();

  constructor(findings: readonly Finding[]) {
    this.add(findings);
  }

  get all(): readonly Finding[] {
    return this.#all;
  }

  has(finding: Finding): boolean {
    return this.#keys.has(keyOf(finding));
  }

  /** Adds those that are not there yet, and returns them. */
  add(findings: readonly Finding[]): readonly Finding[] {
    const fresh = findings.filter((finding) => !this.has(finding));
    for (const finding of fresh) {
      this.#all.push(finding);
      this.#keys.add(keyOf(finding));
    }
    return fresh;
  }
}

function keyOf({ code, path }: Finding): string {
  return `${code} ${path.toPointer()}`;
}

/** A duplicate within a misspelled key has the path that all other findings in it have. */
function inCorrected(cause: Finding, plan: FixPlan): Finding {
  if (cause.code !== "duplicate-field") return cause;
  const keys = cause.path.keys();
  const corrected = plan.inCorrected(keys);
  return corrected === keys ? cause : { ...cause, path: Path.of(corrected) };
}

/** Codes that tell the same of a value as another one does, which an earlier stage of the API server names. */
const SAME_FACT: ReadonlyMap<Finding["code"], Finding["code"]> = new Map([
  ["name-required", "address-without-name"],
  ["duplicate-node-port", "node-port-taken"],
  ["immutable", "primary-family-immutable"],
  ["port-range", "health-check-port-unavailable"],
]);

function withoutRepetition(causes: readonly Finding[]): readonly Finding[] {
  const codes = new Set(causes.map(({ code }) => code));
  const told = new Set(causes.map(keyOf));
  return causes.filter(({ code, path }) => {
    const other = SAME_FACT.get(code);
    if (other === undefined || !codes.has(other)) return true;
    return other !== "address-without-name" && !told.has(keyOf({ code: other, path }));
  });
}
