import { judge, type Judgement, type JudgeRequest } from "../engine/index.ts";
import { equalJson, isObject, valueAt } from "../field/index.ts";
import { inventoryOf } from "../inventory/store/index.ts";
import { nonMatchingPolicies, type NonMatchingPolicy } from "../policy/match/index.ts";
import type { PolicyFinding, RequestFacts } from "../policy/model/index.ts";
import { BUILT_IN_PROFILES, UNKNOWN_CLUSTER, UNKNOWN_CLUSTER_NAME } from "../service/cluster/index.ts";
import { describe } from "../service/findings/index.ts";
import { type KubernetesVersion, nearestKnown, NEWEST_KNOWN } from "../service/versions/index.ts";
import { caseVersion } from "./case-version.ts";
import type { TestCase } from "./format.ts";
import type { TestFile } from "./load.ts";

/** The outcome of a case. */
export interface CaseOutcome {
  readonly allowed: boolean;
  readonly findings: readonly PolicyFinding[];
  /** The Service after defaulting, as JSON; undefined if it cannot be decoded. */
  readonly admitted: unknown;
  /** The messages of the API server's own causes. */
  readonly causes: readonly string[];
  /** The policies that do not apply, with the reason. */
  readonly skippedPolicies: readonly NonMatchingPolicy[];
}

/** What cases are judged by that do not say it themselves. */
export interface CaseDefaults {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** By default the newest known version. */
  readonly version?: KubernetesVersion;
}

/** Judges a case; a version that is not known is judged by the nearest one that is. */
export function runCase({ policies, documents }: TestFile, test: TestCase, defaults: CaseDefaults): CaseOutcome {
  const request = requestOf(test, defaults);
  const judgement = judge({ ...request, policies });
  const { decision, causes, policy } = judgement;
  const denied = policy.findings.some(({ action, suppressed }) => action === "deny" && suppressed === undefined);
  return {
    allowed: decision.allowed && !denied,
    findings: policy.findings,
    admitted: judgement.admitted,
    causes: causes.map((cause) => describe(cause).message),
    skippedPolicies: skippedPoliciesOf(documents, judgement, request),
  };
}

function requestOf(
  { service, oldService, others, request = {} }: TestCase,
  { today, version = NEWEST_KNOWN }: CaseDefaults,
): Omit<JudgeRequest, "policies"> {
  const { operation = oldService === undefined ? "create" : "update", cluster = UNKNOWN_CLUSTER_NAME } = request;
  return {
    operation,
    object: service,
    ...(oldService !== undefined && { oldObject: oldService }),
    dryRun: false,
    fieldValidation: "Strict",
    cluster: BUILT_IN_PROFILES.get(cluster) ?? UNKNOWN_CLUSTER,
    version: nearestKnown(caseVersion(request, version)),
    ipFamilyPolicy: "server",
    ...(others !== undefined && { inventory: inventoryOf(others, "default") }),
    facts: factsOf({ service, oldService, request }, today),
  };
}

type CaseInput = Pick<TestCase, "service" | "oldService" | "request">;

function factsOf(
  { service, oldService, request = {} }: { [K in keyof CaseInput]: CaseInput[K] | undefined },
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

function skippedPoliciesOf(
  documents: TestFile["documents"],
  judgement: Judgement,
  request: Omit<JudgeRequest, "policies">,
) {
  const service = judgement.admitted;
  if (service === undefined) return [];
  const { operation, facts, object: given, cluster, version } = request;
  return nonMatchingPolicies(documents, service, { operation, oldService: undefined, facts, given, cluster, version });
}

/**
 * The differences between an expected and an actual value. Of an object, only the fields of the expected value are
 * compared; null expects that a field is absent.
 */
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
  const expectedValue = expected === null ? undefined : expected;
  return equalJson(expectedValue, actual) ? [] : [{ keys, expected: expectedValue, actual }];
}

/** A field with another value than expected; undefined stands for an absent field. */
export interface Difference {
  readonly keys: readonly (string | number)[];
  readonly expected: unknown;
  readonly actual: unknown;
}
