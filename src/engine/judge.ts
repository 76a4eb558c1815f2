import type { Writable } from "../field/index.ts";
import type { DefaultedService, MutationOutcome, PolicyContext } from "../policy/model/index.ts";
import { withUnknownValues } from "../service/cluster/index.ts";
import { decode, readService, sparseSpec } from "../service/decode/index.ts";
import { atManifestPath, countText, describe, type Finding, totalCount } from "../service/findings/index.ts";
import {
  applyStaticDefaults,
  type Decision,
  fillStaticDefaults,
  findTooLargeBody,
  processRequest,
  type ProcessResult,
} from "../service/index.ts";
import { needsClusterIP, type Service, type ServiceSpec } from "../service/schema/index.ts";
import { hasFeature } from "../service/versions/index.ts";
import type { Judgement, JudgeRequest } from "./judgement.ts";

export type { Judgement, JudgeRequest };

/**
 * Judges one request: predicts the API server's answer, and applies the policies. Pure: no I/O, no clock.
 * @throws {TimeBudgetExceeded} if the checkpoint throws it; any other error is a bug.
 */
export function judge(request: JudgeRequest): Judgement {
  return judgeBy(request, sparse);
}

/**
 * Judges as {@link judge} does, but the Services in the judgement have every field of the spec, an absent one as undefined:
 * for those who only read fields, and in a hurry.
 */
export function judgeWhole(request: JudgeRequest): Judgement {
  return judgeBy(request, asItIs);
}

/** @param handOut the form in which a Service is in the judgement */
function judgeBy(request: JudgeRequest, handOut: (service: Service) => Service): Judgement {
  const { checkpoint } = request;
  const tooLarge = findTooLargeBody(request.bodyBytes ?? 0);
  if (tooLarge !== undefined) return refused({ allowed: false, code: 413 }, [tooLarge], []);
  const old = request.oldObject === undefined ? undefined : readOld(request.oldObject, request);
  checkpoint?.();
  if (request.operation === "delete") return judgeDelete(request, old);
  const { service: defaulted, problems, warnings } = readService(request, old);
  if (defaulted === undefined) return refused({ allowed: false, code: 400 }, problems, warnings);

  checkpoint?.();
  fillStaticDefaults(defaulted, request.version);
  const { policies } = request;
  const context = policies.size === 0 ? undefined : policyContext(request, old);
  const { service: filled, applied, skipped, trial, mutation } = fillIn(defaulted, old, request, context);
  const { service: configured, outcome } = processConfigured(trial ?? { service: filled }, old, request);
  const admitted = withServersFamilies(configured, outcome, request);
  const judged = outcome.decision.allowed ? outcome.service : admitted;
  checkpoint?.();
  const findings = context === undefined ? [] : policies.judge(judged, withMutation(context, mutation));
  const written = request.manifest ?? request.object;
  const judgement: Writable<Judgement> = {
    decision: outcome.decision,
    defaulted: handOut(defaulted),
    admitted: handOut(admitted),
    allocated: outcome.allocated,
    causes: inManifest(outcome.causes, written),
    warnings: joined(warnings, inManifest(outcome.warnings, written)),
    policy: context === undefined ? NO_POLICY_OUTCOME : withMutationFindings({ findings, applied, skipped }, mutation),
  };
  if (outcome.decision.allowed) judgement.stored = handOut(outcome.service);
  return judgement;
}

/** To the policies that judge, what others have put into the object is there as if it had been sent. */
function withMutation(context: PolicyContext, mutation: MutationOutcome | undefined): PolicyContext {
  return mutation?.hasChanged === true ? { ...context, given: mutation.given } : context;
}

function withMutationFindings(
  outcome: Judgement["policy"],
  mutation: MutationOutcome | undefined,
): Judgement["policy"] {
  if (mutation === undefined) return outcome;
  const { findings, hasChanged } = mutation;
  return { ...outcome, findings: [...findings, ...outcome.findings], ...(hasChanged && { hasMutated: true }) };
}

function inManifest(findings: readonly Finding[], manifest: unknown): readonly Finding[] {
  return findings.length === 0 ? findings : findings.map((finding) => atManifestPath(finding, manifest));
}

function joined(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  return some.length === 0 ? others : [...some, ...others];
}

/** The Service without what is only there for speed. */
function sparse(service: Service): Service {
  return withSpec(service, sparseSpec(service.spec));
}

function asItIs(service: Service): Service {
  return service;
}

function withSpec({ apiVersion, kind, metadata, status }: Service, spec: ServiceSpec): Service {
  return { apiVersion, kind, metadata, spec, status };
}

/** The stored Service; undefined if it cannot be decoded. */
function readOld(
  object: unknown,
  { checkpoint, passManagers, version, unknown = [] }: JudgeRequest,
): Service | undefined {
  const reading = { checkpoint, maxPerCode: 1, ignoreUnknown: true, skipManagedFields: passManagers, version };
  const { service } = decode(object, reading);
  return service && withUnknownValues(service, unknown);
}

/** How many of the API server's objections to a default are listed. */
const MOST_OBJECTIONS = 5;

const NO_POLICY_OUTCOME = { findings: [], applied: [], skipped: [] };

function refused(decision: Decision, causes: readonly Finding[], warnings: readonly Finding[]): Judgement {
  return { decision, allocated: [], causes, warnings, policy: NO_POLICY_OUTCOME };
}

function policyContext(request: JudgeRequest, oldService: Service | undefined): PolicyContext {
  const { operation, facts, version, inventory, checkpoint, limitExpressions, most, toPolicies } = request;
  const { given, cluster } = toPolicies ?? { given: request.object, cluster: request.cluster };
  return { operation, oldService, facts, given, cluster, version, inventory, checkpoint, limitExpressions, most };
}

/** A Service with its static defaults, and what the API server makes of it, if that was tried. */
interface Trial {
  readonly service: Service;
  readonly outcome?: ProcessResult;
}

/** Lets the policies change the Service; a write of the status gets no defaults. The trial is of the Service that they result in. */
function fillIn(
  service: Service,
  old: Service | undefined,
  request: JudgeRequest,
  context: PolicyContext | undefined,
): DefaultedService & { readonly trial?: Trial } {
  if (context === undefined) return { service, applied: [], skipped: [] };
  let last: { readonly candidate: Service; readonly trial: Trial } | undefined;
  const objection = (candidate: Service): string | undefined => {
    const tried = applyStaticDefaults(candidate, request.version);
    const outcome = processRequest(tried, old, request);
    last = { candidate, trial: { service: tried, outcome } };
    if (outcome.decision.allowed) return undefined;
    const messages = outcome.causes.slice(0, MOST_OBJECTIONS).map((cause) => describe(cause).message);
    const left = totalCount(outcome.causes) - messages.length;
    return (
      [...messages, ...(left === 0 ? [] : [`and ${countText(left, outcome.causes)} more`])].join("; ") ||
      "the API server fails on it"
    );
  };
  const outcome = request.policies.applyDefaults(service, { ...context, objection });
  const { service: filled } = outcome;
  if (filled === service) return outcome;
  const trial = last?.candidate === filled ? last.trial : { service: applyStaticDefaults(filled, request.version) };
  return { ...outcome, trial };
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
  { service, outcome: known }: Trial,
  old: Service | undefined,
  request: JudgeRequest,
): { service: Service; outcome: ProcessResult } {
  const configured = withConfiguredFamilies(service, request);
  if (known !== undefined && configured === service) return { service, outcome: known };
  const outcome = processRequest(configured, old, request);
  if (outcome.decision.allowed || configured === service) return { service: configured, outcome };
  const plain = known ?? processRequest(service, old, request);
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
  const spec = { ...service.spec };
  spec.ipFamilyPolicy = chosen;
  return withSpec(service, spec);
}

function isFamilyPolicyOpen({ spec }: Service, { operation, version }: JudgeRequest): boolean {
  return (
    operation === "create" &&
    spec.ipFamilyPolicy === undefined &&
    needsClusterIP(spec) &&
    hasFeature(version, "dualStack")
  );
}
