import { type Checkpoint, everyFewIterations, Path } from "../field/index.ts";
import { allocate, type AllocationContext } from "./allocation/index.ts";
import {
  ALLOCATED_PORT_PLACEHOLDER,
  type AllocatedValues,
  familyOfPlaceholder,
  isUnknownPort,
} from "./cluster/index.ts";
import { type Finding, Findings, type FindingsOptions } from "./findings/index.ts";
import { statusOf } from "./messages/index.ts";
import { findConflict, parseResourceVersion } from "./preconditions.ts";
import { findTooLargeObject } from "./object-size.ts";
import type { WriteMethod } from "./decode/index.ts";
import { heldManagers } from "./merge/index.ts";
import { asStored } from "./stored.ts";
import { prepareCreate, prepareStatus, prepareUpdate } from "./prepare.ts";
import { judgeByPlugins } from "./plugins/index.ts";
import type { Service } from "./schema/index.ts";
import {
  validateManagers,
  validateMetadataUpdate,
  validateNewMetadata,
  validateService,
  validateStatus,
  validateUpdate,
  warn,
  warnStatus,
} from "./validate/index.ts";

const RESOURCE_VERSION = Path.root.child("metadata").child("resourceVersion");

/**
 * The API server's decision; `code` is the HTTP status of a refusal: 400 if the object cannot be decoded, 403 if an admission plugin
 * refuses it, 409 if it is a
 * conflict with what is stored, 413 if it is too large, 422 if it is invalid, 500 if the server fails on it.
 */
export type Decision =
  { readonly allowed: true } | { readonly allowed: false; readonly code: 400 | 403 | 409 | 413 | 422 | 500 };

/** The result of the processing after mutating admission. */
export interface ProcessResult {
  readonly decision: Decision;
  readonly service: Service;
  readonly allocated: readonly string[];
  readonly causes: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The parts of a request that the processing depends on. */
export interface ProcessRequest extends AllocationContext {
  readonly operation: "create" | "update" | "status" | "delete";
  /** The size of the request's body in bytes, if it may be too large. */
  readonly bodyBytes?: number;
  readonly method?: WriteMethod | undefined;
  /** Whether uid and resource version are not compared with the stored ones. */
  readonly passPreconditions?: boolean;
  readonly checkpoint?: Checkpoint | undefined;
  /** How many findings of one code are listed; further ones are only counted. */
  readonly most?: number;
}

/** What the API server does after mutating admission: prepare, allocate, validate. `old` is undefined on create. */
export function processRequest(service: Service, old: Service | undefined, request: ProcessRequest): ProcessResult {
  const collecting = { checkpoint: everyFewIterations(request.checkpoint), maxPerCode: request.most };
  const write = { service, old, request, collecting };
  const conflict =
    request.passPreconditions === true ? undefined : findConflict(service.metadata, old?.metadata, request.method);
  if (conflict === undefined) return processAccepted(write);
  const refused = { ...refusedBy(conflict), service, allocated: [], warnings: [] };
  if (request.allStages !== true) return refused;
  const at = conflict.path.toPointer();
  const others = processAccepted(write).causes.filter(({ path }) => path.toPointer() !== at);
  return { ...refused, causes: [conflict, ...others] };
}

/** A write on its way through the steps. */
interface Write {
  /** The Service as mutating admission left it. */
  readonly service: Service;
  readonly old: Service | undefined;
  readonly request: ProcessRequest;
  /** How the steps collect their findings. */
  readonly collecting: FindingsOptions;
}

/** What follows once it is clear that the update is no conflict. */
function processAccepted(write: Write): ProcessResult {
  const { service, old, request, collecting } = write;
  if (request.operation === "status" && old !== undefined) return processStatus(write, old);
  const findings = new Findings(collecting);
  // The one copy that all steps change in place.
  const stored = { ...service, spec: { ...service.spec } };
  if (old === undefined) prepareCreate(stored, request.version);
  const allocated = allocate(stored, old, request, findings);
  if (old !== undefined) prepareUpdate(stored, old, request.version);
  if (findings.count === 0) return validate(stored, allocated, write, findings);
  const refused = outcome(stored, [], findings, NO_WARNINGS, request);
  if (request.allStages !== true) return refused;
  const later = validate(stored, allocated, write, new Findings(collecting));
  return { ...refused, causes: withOthers(refused.causes, later.causes) };
}

/** The findings with those that tell something else. */
function withOthers(findings: readonly Finding[], later: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ code, path }: Finding): string => `${code} ${path.toPointer()}`;
  const known = new Set(findings.map(keyOf));
  return [...findings, ...later.filter((finding) => !known.has(keyOf(finding)))];
}

function validate(stored: Service, allocated: AllocatedValues, write: Write, findings: Findings): ProcessResult {
  const { service: admitted, old, request, collecting } = write;
  if (old === undefined) validateNewMetadata(stored.metadata, request.version, findings);
  else validateUpdate(stored, old, findings);
  const { managedFields } = admitted.metadata;
  if (managedFields !== undefined) validateManagers(heldManagers(managedFields, admitted, old), findings);
  const shown = withoutUnknownPort(stored, allocated);
  validateService(shown, old, request.version, allocated, findings);
  const forbidden = forbiddenBy(shown, write, findings);
  const isRefused = findings.count > 0 || forbidden.length > 0;
  // Only a real write reaches the storage.
  if (!isRefused && old === undefined && !request.dryRun && request.method !== "apply" && isVersioned(shown)) {
    findings.add("resource-version-on-create", RESOURCE_VERSION, shown.metadata.resourceVersion);
  }
  const tooLarge =
    isRefused || findings.count > 0 || request.dryRun ? undefined : findTooLargeObject(shown, request.bodyBytes ?? 0);
  if (tooLarge !== undefined) return { ...refusedBy(tooLarge), service: shown, allocated: [], warnings: [] };
  if (old !== undefined) noteUnknownAddresses(shown, allocated);
  const warnings = new Findings(collecting);
  if (findings.count === 0) warn(shown, request.version, allocated, warnings);
  const result = outcome(
    shown,
    findings.count === 0 ? allocated.toPointers() : NO_POINTERS,
    findings,
    warnings.all,
    request,
  );
  return withForbidden(result, forbidden);
}

const NO_POINTERS: readonly string[] = [];
const NO_WARNINGS: readonly Finding[] = [];

/** What admission plugins refuse: they come after validation, and see only what is valid unless all stages are asked for. */
function forbiddenBy(service: Service, { old, request, collecting }: Write, findings: Findings): readonly Finding[] {
  if (findings.count > 0 && request.allStages !== true) return [];
  const forbidden = judgeByPlugins({ service, old, cluster: request.cluster }, collecting);
  if (forbidden.length === 0 || findings.count === 0) return forbidden;
  const refused = new Set(findings.all.map(({ path }) => path.toPointer()));
  return forbidden.filter(({ path }) => !refused.has(path.toPointer()));
}

/** The result with the refusals of admission plugins, which are the server's answer if there are no others. */
function withForbidden(result: ProcessResult, forbidden: readonly Finding[]): ProcessResult {
  if (forbidden.length === 0) return result;
  const causes = [...result.causes, ...forbidden];
  return result.decision.allowed
    ? { ...result, decision: { allowed: false, code: 403 }, allocated: [], causes }
    : { ...result, causes };
}

/** An unknown health check port that is kept is shown as an allocated one. */
function withoutUnknownPort(service: Service, allocated: AllocatedValues): Service {
  const { healthCheckNodePort } = service.spec;
  if (!isUnknownPort(healthCheckNodePort)) return service;
  allocated.healthCheckPort = Symbol("stored");
  return { ...service, spec: { ...service.spec, healthCheckNodePort: ALLOCATED_PORT_PLACEHOLDER } };
}

/** Unknown addresses that an update keeps count as allocated ones; only now, because validation compares their families. */
function noteUnknownAddresses({ spec }: Service, allocated: AllocatedValues): void {
  for (const [i, text] of (spec.clusterIPs ?? []).entries()) {
    const family = familyOfPlaceholder(text);
    if (family !== undefined) allocated.addressFamilies[i] = family;
  }
}

function processStatus(write: Write, old: Service): ProcessResult {
  const { service, request, collecting } = write;
  const findings = new Findings(collecting);
  const warnings = new Findings(collecting);
  const stored = prepareStatus(service, old, request.version);
  validateMetadataUpdate(stored.metadata, old.metadata, findings);
  validateStatus(stored, old, request.version, findings);
  const forbidden = forbiddenBy(stored, write, findings);
  if (findings.count === 0) warnStatus(stored, request.version, warnings);
  return withForbidden(outcome(stored, [], findings, warnings.all, request), forbidden);
}

/** Whether the object has a resource version: the storage fails to create such an object, but not for an apply. */
function isVersioned({ metadata: { resourceVersion } }: Service): boolean {
  // A version that is no number is not looked at.
  return (parseResourceVersion(resourceVersion) ?? 0n) !== 0n;
}

/** The server answers for what it finds first, and fails on nothing that comes after a refusal. */
function decide([first]: readonly Finding[]): Decision {
  return first === undefined ? ALLOWED : { allowed: false, code: statusOf(first.code) };
}

const ALLOWED: Decision = { allowed: true };

function refusedBy(finding: Finding): Pick<ProcessResult, "decision" | "causes"> {
  return { decision: { allowed: false, code: statusOf(finding.code) }, causes: [finding] };
}

function outcome(
  service: Service,
  allocated: readonly string[],
  findings: Findings,
  warnings: readonly Finding[],
  { dryRun }: ProcessRequest,
): ProcessResult {
  const causes = findings.all;
  return { decision: decide(causes), service: asStored(service, dryRun), allocated, causes, warnings };
}
