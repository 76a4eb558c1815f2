import type { Checkpoint } from "../field/index.ts";
import type {
  AppliedDefault,
  Operation,
  PolicyContext,
  PolicyFinding,
  PolicySet,
  RequestFacts,
  SkippedDefault,
} from "../policy/model/index.ts";
import { type ClusterProfile, withUnknownValues } from "../service/cluster/index.ts";
import {
  decode,
  type FieldValidation,
  readService,
  type RepeatedField,
  type WriteMethod,
} from "../service/decode/index.ts";
import { atManifestPath, countText, describe, type Finding, totalCount } from "../service/findings/index.ts";
import {
  applyStaticDefaults,
  type Decision,
  fillStaticDefaults,
  findTooLargeBody,
  processRequest,
  type ProcessResult,
  sparseSpec,
  wholeSpec,
} from "../service/index.ts";
import { type IPFamilyPolicy, needsClusterIP, type Service, type ServiceSpec } from "../service/schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../service/versions/index.ts";

export type { Decision, FieldValidation, RepeatedField, WriteMethod };

/** A request to judge: what happens to this object? */
export interface JudgeRequest {
  readonly operation: Operation;
  /** The object as JSON values, with a `NumberText` for each number that JavaScript cannot represent; ignored for a delete. */
  readonly object: unknown;
  /** The object as it is stored before the request: for update, status and delete. */
  readonly oldObject?: unknown;
  /** What the client wrote, if `object` was made of it: findings are at its fields. */
  readonly manifest?: unknown;
  /** JSON pointers of the values in `oldObject` that the server allocated and that are not known: `Judgement.allocated`. */
  readonly unknown?: readonly string[];
  /** In a dry run the server does not check the range of a node port, and shows made-up numbers for those it would pick. */
  readonly dryRun: boolean;
  /** Whether the causes of all stages are listed: the server validates an object only if its values can be allocated. */
  readonly allStages?: boolean;
  /** How the object is sent if not by POST or PUT. */
  readonly method?: WriteMethod;
  /**
   * Whether uid and resource version are not compared with the stored ones. A server asks webhooks with what it has cached,
   * too, and compares again by itself.
   */
  readonly passPreconditions?: boolean;
  /** The size of the request's body in bytes; a very large one is refused. By default it is taken to be small. */
  readonly bodyBytes?: number;
  /** How unknown and duplicate fields are handled. */
  readonly fieldValidation: FieldValidation;
  /** The fields that occur more than once in the text, as found by its parser. */
  readonly duplicates?: readonly RepeatedField[];
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** The value for an absent `spec.ipFamilyPolicy` on create; `server` for the one that the server itself would choose. */
  readonly ipFamilyPolicy: "server" | IPFamilyPolicy;
  readonly policies: PolicySet;
  readonly facts: RequestFacts;
  /**
   * Whether managed fields are not decoded. Only policies depend on them, and those read them from the object as it
   * came. They are the larger part of a review: decoding them would cost more than everything else.
   */
  readonly passManagers?: boolean;
  /** What policies see where it differs from what is judged: the original object, the actual cluster. */
  readonly toPolicies?: { readonly given: unknown; readonly cluster: ClusterProfile };
  /** Called regularly; ends a judgement that takes too long, by throwing TimeBudgetExceeded. */
  readonly checkpoint?: Checkpoint;
  /** How many findings of one rule are listed; the last one says how many more there are. */
  readonly most?: number;
}

/** The result of a judgement. */
export interface Judgement {
  /** The API server's decision, without policies. */
  readonly decision: Decision;
  /** The object as mutating admission sees it: decoded, with static defaults. Absent if it cannot be decoded. */
  readonly defaulted?: Service;
  /** `defaulted` with what Fairlead fills in: `ipFamilyPolicy` on create, the policies' defaults. */
  readonly admitted?: Service;
  /** The object as it would be stored, with placeholders for the allocated values. Absent if it is refused. */
  readonly stored?: Service;
  /** JSON pointers of the values in `stored` that the server allocates. */
  readonly allocated: readonly string[];
  /** Why the object is refused; empty if and only if it is allowed. For code 400: what cannot be decoded. */
  readonly causes: readonly Finding[];
  /** What the API server would warn about. */
  readonly warnings: readonly Finding[];
  readonly policy: {
    readonly findings: readonly PolicyFinding[];
    readonly applied: readonly AppliedDefault[];
    readonly skipped: readonly SkippedDefault[];
  };
}

/**
 * Judges one request: predicts the API server's answer, and applies the policies. Pure: no I/O, no clock.
 * @throws {TimeBudgetExceeded} if the checkpoint throws it; any other error is a bug.
 */
export function judge(request: JudgeRequest): Judgement {
  const { checkpoint } = request;
  const tooLarge = findTooLargeBody(request.bodyBytes ?? 0);
  if (tooLarge !== undefined) return refused({ allowed: false, code: 413 }, [tooLarge], []);
  const old = request.oldObject === undefined ? undefined : readOld(request.oldObject, request);
  checkpoint?.();
  if (request.operation === "delete") return judgeDelete(request, old);
  const { service, problems, warnings } = readService(request, old);
  if (service === undefined) return refused({ allowed: false, code: 400 }, problems, warnings);

  checkpoint?.();
  const defaulted = whole(service);
  fillStaticDefaults(defaulted, request.version);
  const { policies } = request;
  const context = policies.size === 0 ? undefined : policyContext(request, old);
  const { service: filled, applied, skipped } = fillIn(defaulted, old, request, context);
  const withDefaults = filled === defaulted ? defaulted : applyStaticDefaults(filled, request.version);
  const { service: configured, outcome } = processConfigured(withDefaults, old, request);
  const admitted = withServersFamilies(configured, outcome, request);
  const judged = outcome.decision.allowed ? outcome.service : admitted;
  checkpoint?.();
  const findings = context === undefined ? [] : policies.judge(judged, context);
  const written = request.manifest ?? request.object;
  const judgement: Judgement = {
    decision: outcome.decision,
    defaulted: plain(defaulted),
    admitted: plain(admitted),
    allocated: outcome.allocated,
    causes: outcome.causes.map((cause) => atManifestPath(cause, written)),
    warnings: [...warnings, ...outcome.warnings.map((warning) => atManifestPath(warning, written))],
    policy: { findings, applied, skipped },
  };
  return outcome.decision.allowed ? { ...judgement, stored: plain(outcome.service) } : judgement;
}

/** The Service as the steps work on it: with every field of the spec, those that are absent too. */
function whole(service: Service): Service {
  return withSpec(service, wholeSpec(service.spec));
}

/** The Service as it is handed out: without what is only there for speed. */
function plain(service: Service): Service {
  return withSpec(service, sparseSpec(service.spec));
}

function withSpec(service: Service, spec: ServiceSpec): Service {
  return { ...service, spec };
}

/** The stored Service; undefined if it cannot be decoded. */
function readOld(
  object: unknown,
  { checkpoint, passManagers, version, unknown = [] }: JudgeRequest,
): Service | undefined {
  const reading = { checkpoint, maxPerCode: 1, ignoreUnknown: true, skipManagedFields: passManagers, version };
  const { service } = decode(object, reading);
  return service && withUnknownValues(whole(service), unknown);
}

/** How many of the API server's objections to a default are listed. */
const MOST_OBJECTIONS = 5;

const NO_POLICY_OUTCOME = { findings: [], applied: [], skipped: [] };

function refused(decision: Decision, causes: readonly Finding[], warnings: readonly Finding[]): Judgement {
  return { decision, allocated: [], causes, warnings, policy: NO_POLICY_OUTCOME };
}

function policyContext(request: JudgeRequest, oldService: Service | undefined): PolicyContext {
  const { operation, facts, version, checkpoint, most, toPolicies } = request;
  const { given, cluster } = toPolicies ?? { given: request.object, cluster: request.cluster };
  return { operation, oldService, facts, given, cluster, version, checkpoint, most };
}

/** Applies the defaults of the policies; a write of the status gets none. */
function fillIn(
  service: Service,
  old: Service | undefined,
  request: JudgeRequest,
  context: PolicyContext | undefined,
): ReturnType<PolicySet["applyDefaults"]> {
  if (request.operation === "status" || context === undefined) return { service, applied: [], skipped: [] };
  const objection = (candidate: Service): string | undefined => {
    const outcome = processRequest(applyStaticDefaults(candidate, request.version), old, request);
    if (outcome.decision.allowed) return undefined;
    const messages = outcome.causes.slice(0, MOST_OBJECTIONS).map((cause) => describe(cause).message);
    const left = totalCount(outcome.causes) - messages.length;
    return (
      [...messages, ...(left === 0 ? [] : [`and ${countText(left, outcome.causes)} more`])].join("; ") ||
      "the API server fails on it"
    );
  };
  return request.policies.applyDefaults(service, { ...context, objection });
}

/** A delete is judged by the policies only. */
function judgeDelete(request: JudgeRequest, old: Service | undefined): Judgement {
  const findings = old === undefined ? [] : request.policies.judge(old, policyContext(request, old));
  return {
    decision: { allowed: true },
    allocated: [],
    causes: [],
    warnings: [],
    policy: { ...NO_POLICY_OUTCOME, findings },
  };
}

/** Applies a configured default, unless the server would refuse the Service only because of it. */
function processConfigured(
  service: Service,
  old: Service | undefined,
  request: JudgeRequest,
): { service: Service; outcome: ProcessResult } {
  const configured = withConfiguredFamilies(service, request);
  const outcome = processRequest(configured, old, request);
  if (outcome.decision.allowed || configured === service) return { service: configured, outcome };
  const plain = processRequest(service, old, request);
  return plain.decision.allowed ? { service, outcome: plain } : { service: configured, outcome };
}

/** Before the server's processing: fills in the configured `ipFamilyPolicy` if the client left it out. */
function withConfiguredFamilies(service: Service, request: JudgeRequest): Service {
  const { ipFamilyPolicy } = request;
  if (ipFamilyPolicy === "server" || !isFamilyPolicyOpen(service, request)) return service;
  return withSpec(service, { ...service.spec, ipFamilyPolicy });
}

/** After the server's processing: fills in the `ipFamilyPolicy` that the server itself chooses. */
function withServersFamilies(service: Service, outcome: ProcessResult, request: JudgeRequest): Service {
  const chosen = outcome.service.spec.ipFamilyPolicy;
  if (!outcome.decision.allowed || chosen === undefined || !isFamilyPolicyOpen(service, request)) return service;
  return withSpec(service, { ...service.spec, ipFamilyPolicy: chosen });
}

function isFamilyPolicyOpen({ spec }: Service, { operation, version }: JudgeRequest): boolean {
  return (
    operation === "create" &&
    spec.ipFamilyPolicy === undefined &&
    needsClusterIP(spec) &&
    hasFeature(version, "dualStack")
  );
}
