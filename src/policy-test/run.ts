import { judge, type Judgement, type JudgeRequest } from "../engine.ts";
import { isObject, valueAt } from "../field/json.ts";
import { leftOut, type LeftOut, type PolicyFinding, type RequestFacts } from "../policy/index.ts";
import { PROFILES } from "../service/cluster.ts";
import { describe } from "../service/describe.ts";
import { NEWEST_KNOWN, parseVersion } from "../service/version.ts";
import type { TestCase } from "./format.ts";
import type { TestFile } from "./load.ts";

/** What came of a case. */
export interface Outcome {
  readonly allowed: boolean;
  readonly findings: readonly PolicyFinding[];
  /** The Service after the defaults, as JSON; undefined where it cannot be decoded. */
  readonly admitted: unknown;
  /** What the API server itself has against it. */
  readonly causes: readonly string[];
  /** Policies that did not apply, and why. */
  readonly leftOut: readonly LeftOut[];
}

/** Judges a case. `today` is the day for cases that name none. */
export function runCase({ policies, documents }: TestFile, test: TestCase, today: string): Outcome {
  const request = requestOf(test, today);
  const judgement = judge({ ...request, policies });
  const { decision, causes, policy } = judgement;
  const denied = policy.findings.some(({ action, suppressed }) => action === "deny" && suppressed === undefined);
  return {
    allowed: decision.allowed && !denied,
    findings: policy.findings,
    admitted: judgement.admitted,
    causes: causes.map((cause) => describe(cause).message),
    leftOut: leftOutOf(documents, judgement, request),
  };
}

function requestOf({ service, oldService, request = {} }: TestCase, today: string): Omit<JudgeRequest, "policies"> {
  const { operation = oldService === undefined ? "create" : "update", cluster = "ipv4", version } = request;
  return {
    operation,
    object: service,
    ...(oldService !== undefined && { oldObject: oldService }),
    dryRun: false,
    fieldValidation: "Strict",
    cluster: PROFILES[cluster],
    version: parseVersion(version ?? "") ?? NEWEST_KNOWN,
    ipFamilyPolicy: "server",
    facts: factsOf({ service, oldService, request }, today),
  };
}

type Given = Pick<TestCase, "service" | "oldService" | "request">;

function factsOf(
  { service, oldService, request = {} }: { [K in keyof Given]: Given[K] | undefined },
  today: string,
): RequestFacts {
  const { namespace, namespaceLabels, user, groups = [] } = request;
  const own = valueAt(service ?? oldService, ["metadata", "namespace"]);
  return {
    namespace: namespace ?? (typeof own === "string" ? own : "default"),
    ...(namespaceLabels && { namespaceLabels }),
    ...((user !== undefined || groups.length > 0) && { user: { name: user ?? "", groups } }),
    today: request.today ?? today,
    origin: "manifest",
  };
}

function leftOutOf(documents: TestFile["documents"], judgement: Judgement, request: Omit<JudgeRequest, "policies">) {
  const service = judgement.admitted;
  if (service === undefined) return [];
  const { operation, facts, object: given, cluster, version } = request;
  return leftOut(documents, service, { operation, oldService: undefined, facts, given, cluster, version });
}

/** Whether an expected value is there: of an object only the fields that are named, null for one that is absent. */
export function differences(
  expected: unknown,
  actual: unknown,
  keys: readonly (string | number)[] = [],
): readonly Difference[] {
  if (isObject(expected)) {
    return Object.entries(expected).flatMap(([name, inner]) =>
      differences(inner, valueAt(actual, [name]), [...keys, name]),
    );
  }
  const wanted = expected === null ? undefined : expected;
  return JSON.stringify(wanted) === JSON.stringify(actual) ? [] : [{ keys, expected: wanted, actual }];
}

/** A place where something else is than was expected; undefined for nothing. */
export interface Difference {
  readonly keys: readonly (string | number)[];
  readonly expected: unknown;
  readonly actual: unknown;
}
