import { isDeepStrictEqual } from "node:util";
import { judge, type Judgement, type JudgeRequest } from "#src/engine/judge.ts";
import { isObject, NumberText } from "#src/field/json.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { describe } from "#src/service/findings/describe.ts";
import { settle } from "#test/engine/ask.ts";
import type { Draws } from "../draws.ts";
import { mutate } from "../generators/json.ts";
import { drawService } from "../generators/service.ts";
import { frozen } from "../invariants/frozen.ts";
import { checkObjectPrototype } from "../invariants/prototypes.ts";
import { inLinearTime } from "../invariants/time.ts";
import { isSituation, SITUATION_NAMES, situationNamed } from "../situations.ts";
import { Broken, type Target } from "../target.ts";

const OPERATIONS = ["create", "update", "status", "delete"] as const;
const VALIDATIONS = ["Strict", "Warn", "Ignore"] as const;

interface ServiceCase {
  readonly operation: (typeof OPERATIONS)[number];
  readonly object: unknown;
  readonly oldObject?: unknown;
  readonly dryRun: boolean;
  readonly fieldValidation: (typeof VALIDATIONS)[number];
  readonly situation: string;
}

type Ask = (request: JudgeRequest) => Judgement;

/** From a Service to its judgement. @param ask the function under test; tests pass a broken one */
export function serviceTarget(ask: Ask = judge): Target<ServiceCase> {
  return {
    name: "service",
    draw,
    isCase,
    runsOf: () => 1,
    check: (input) => {
      check(input, ask);
    },
  };
}

function draw(draws: Draws): ServiceCase {
  const operation = draws.pick(["create", "create", "create", "update", "update", "status", "delete"] as const);
  const object = drawService(draws);
  const common = {
    operation,
    object,
    dryRun: draws.oneIn(3),
    fieldValidation: draws.pick(VALIDATIONS),
    situation: draws.pick(SITUATION_NAMES),
  };
  if (operation === "create") return common;
  const isOther = draws.oneIn(3);
  const oldObject: unknown = isOther ? drawService(draws) : JSON.parse(JSON.stringify(object));
  if (!isOther) mutate(draws, oldObject, draws.between(0, 3));
  return { ...common, oldObject };
}

function isCase(value: unknown): value is ServiceCase {
  return (
    isObject(value) &&
    OPERATIONS.some((one) => one === value["operation"]) &&
    VALIDATIONS.some((one) => one === value["fieldValidation"]) &&
    typeof value["dryRun"] === "boolean" &&
    isSituation(value["situation"])
  );
}

function check(input: ServiceCase, ask: Ask): void {
  const { settings } = situationNamed(input.situation);
  const object = frozen(withNumberTexts(input.object));
  const oldObject = frozen(input.oldObject);
  const { operation, dryRun, fieldValidation } = input;
  const request: JudgeRequest = {
    operation,
    object,
    ...(oldObject === undefined ? {} : { oldObject }),
    dryRun,
    fieldValidation,
    cluster: settings.cluster,
    version: settings.version,
    ipFamilyPolicy: settings.ipFamilyPolicy,
    policies: settings.policies,
    facts: { namespace: "team-a", today: settings.today, user: { name: "jo", groups: ["developers"] } },
  };
  const bytes = JSON.stringify(input).length;
  const judgement = inLinearTime(bytes, () => ask(request));
  checkObjectPrototype();
  checkAnswer(judgement, operation);
  const again = ask(request);
  if (textOf(judgement) !== textOf(again)) throw new Broken("deterministic", "asked again it answers otherwise");
  if (operation === "create" && judgement.stored !== undefined)
    checkStored(judgement.stored, settings.cluster, request, ask);
}

/** Numbers that JSON values cannot represent are NumberText, as the reader of manifests returns them. */
function withNumberTexts(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : new NumberText(String(value));
  if (Array.isArray(value)) return value.some(isOdd) ? value.map(withNumberTexts) : value;
  if (!isObject(value) || !Object.values(value).some(isOdd)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumberTexts(inner)]));
}

function isOdd(value: unknown): boolean {
  return typeof value === "number" ? !Number.isSafeInteger(value) : typeof value === "object";
}

function checkAnswer({ decision, causes, warnings, stored, policy }: Judgement, operation: string): void {
  const isFailure = !decision.allowed && decision.code === 500;
  if (decision.allowed !== (causes.length === 0 && !isFailure))
    throw new Broken("refused for a reason", JSON.stringify(decision));
  if (operation !== "delete" && (stored !== undefined) !== decision.allowed) {
    throw new Broken("stored if allowed", JSON.stringify(decision));
  }
  for (const finding of [...causes.slice(0, 20), ...warnings.slice(0, 20)]) {
    if (describe(finding).message === "") throw new Broken("a sentence for each finding", finding.code);
  }
  for (const { message, rule } of policy.findings.slice(0, 20)) {
    if (message === "") throw new Broken("a sentence for each finding", rule);
  }
}

/** The stored Service can be stored again without a change. */
function checkStored(
  stored: NonNullable<Judgement["stored"]>,
  cluster: ClusterProfile,
  request: JudgeRequest,
  ask: Ask,
): void {
  // A range that does not contain the addresses of `settle` would cause a refusal.
  if (!Object.values(PROFILES).some((profile) => profile === cluster)) return;
  const allocated = settle(stored);
  const again = ask({ ...request, operation: "update", object: allocated, oldObject: allocated, dryRun: true });
  if (!again.decision.allowed) {
    throw new Broken("stored again", again.causes.map((cause) => describe(cause).message).join("; "));
  }
  if (request.policies.size === 0 && !isDeepStrictEqual(plain(again.stored), plain(allocated))) {
    throw new Broken("stored again", `${JSON.stringify(allocated)} becomes ${JSON.stringify(again.stored)}`);
  }
}

/** The value as JSON; the order of keys has no meaning. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function textOf({ decision, causes, warnings, stored, allocated, policy }: Judgement): string {
  const places = [...causes, ...warnings].map(({ code, path }) => `${code} ${path.toString()}`);
  const findings = policy.findings.map(
    ({ rule, path, message, suppressed }) => `${rule} ${path.toString()} ${message} ${suppressed?.by ?? ""}`,
  );
  return JSON.stringify([decision, places, stored, allocated, findings, policy.applied.length, policy.skipped.length]);
}
