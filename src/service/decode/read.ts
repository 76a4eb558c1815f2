import { type Checkpoint, Path } from "../../field/index.ts";
import type { Finding } from "../findings/index.ts";
import { areReadableFields } from "../merge/index.ts";
import {
  isDecoded,
  type ManagedFieldsEntry,
  type ObjectMeta,
  type OwnerReference,
  type Service,
} from "../schema/index.ts";
import type { KubernetesVersion } from "../versions/index.ts";
import { decode, type DecodeResult } from "./decode.ts";

/** How unknown and duplicate fields are handled: ignored, a warning each, or the object is refused. */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** A field that occurs more than once in the text. */
export interface RepeatedField {
  readonly path: Path;
  /** The earlier values, if the server decodes them too: it does so for JSON, but not for YAML. */
  readonly earlier?: readonly unknown[];
}

/** How an object is sent if not by POST or PUT: as a patch, or as a server-side apply. */
export type WriteMethod = "patch" | "apply";

/** The parts of a request that the reading depends on. */
export interface ReadRequest {
  readonly object: unknown;
  readonly version: KubernetesVersion;
  readonly method?: WriteMethod | undefined;
  readonly fieldValidation: FieldValidation;
  readonly duplicates?: readonly RepeatedField[];
  /** Whether managed fields are not decoded. */
  readonly passManagers?: boolean;
  readonly facts: { readonly namespace: string };
  readonly checkpoint?: Checkpoint | undefined;
  /** How many findings of one code are listed; further ones are only counted. */
  readonly most?: number;
}

/** A Service, or the problems for which the server answers 400. */
export interface ReadResult {
  readonly service: Service | undefined;
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Reads the object as a Service, and checks it against the namespace (and, on update, the name) of the request. */
export function readService(request: ReadRequest, old: Service | undefined): ReadResult {
  const { service, problems, unknown } = decode(request.object, {
    checkpoint: request.checkpoint,
    maxPerCode: request.most,
    version: request.version,
    skipManagedFields: request.passManagers,
    // They would not be reported.
    ignoreUnknown: request.fieldValidation === "Ignore",
  });
  const repeated = request.duplicates ?? [];
  if (service !== undefined && unknown.length === 0 && repeated.length === 0)
    return place(service, old, request, NOTHING);
  return readLoose(request, old, { service, problems, unknown }, repeated);
}

/** Unknown and duplicate fields, as far as they are told. */
interface Loose {
  /** Those for which the object is refused. */
  readonly strict: readonly Finding[];
  readonly warnings: readonly Finding[];
}

const NONE: readonly Finding[] = [];
const NOTHING: Loose = { strict: NONE, warnings: NONE };

/** Reads an object with problems, or with unknown or duplicate fields. */
function readLoose(
  request: ReadRequest,
  old: Service | undefined,
  { service, problems, unknown }: DecodeResult,
  repeated: readonly RepeatedField[],
): ReadResult {
  const overwritten = repeated.flatMap((field) => readEarlier(field, request.version));
  const earlierProblems = overwritten.flatMap((earlier) => earlier.problems);
  const loose = [
    ...repeated.filter(isDuplicate).map(({ path }) => ({ code: "duplicate-field" as const, path })),
    ...onePerPath([...unknown, ...overwritten.flatMap((earlier) => earlier.unknown)]),
  ];
  const strict = request.fieldValidation === "Strict" ? loose : [];
  const warnings = request.fieldValidation === "Warn" ? loose : [];
  if (service === undefined || earlierProblems.length > 0) {
    return { service: undefined, problems: [...problems, ...earlierProblems, ...strict], warnings: [] };
  }
  return place(service, old, request, { strict, warnings });
}

/** Brings the metadata, in place, into the form in which the server goes on with it. */
function place(
  service: Service,
  old: Service | undefined,
  request: ReadRequest,
  { strict, warnings }: Loose,
): ReadResult {
  const { metadata } = service;
  if (old === undefined && request.method !== "apply") dropServerManagedFields(metadata);
  const misplaced = locateInRequest(metadata, request.facts.namespace, old?.metadata);
  if (strict.length + misplaced.length > 0)
    return { service: undefined, problems: [...strict, ...misplaced], warnings };
  const repeated = dropRepeatedOwners(metadata);
  return { service, problems: NONE, warnings: repeated === undefined ? warnings : [...warnings, repeated] };
}

/** Whether the server notices the duplicate: in JSON, it skips what is inside unknown fields. */
function isDuplicate({ path, earlier }: RepeatedField): boolean {
  return earlier === undefined || isDecoded(path.keys());
}

/** The findings about earlier values of a duplicate field, although the last value replaces them. */
function readEarlier({ path, earlier = [] }: RepeatedField, version: KubernetesVersion): DecodeResult[] {
  const keys = path.keys();
  return earlier.map((value) => {
    const decoded = decode(objectWith(keys, value), { version });
    // Of a kind or version that is named twice only the last one counts, if both are strings.
    const problems = decoded.problems.filter(({ code, found }) => code !== "wrong-kind" || typeof found !== "string");
    const { service, unknown } = decoded;
    const moved = (finding: Finding): Finding => ({ ...finding, path: withPositions(finding.path, keys) });
    return { service, problems: problems.map(moved), unknown: unknown.map(moved) };
  });
}

function onePerPath(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  return [...new Map(findings.map((finding) => [finding.path.toPointer(), finding])).values()];
}

/** An object with only this value. It comes first in lists: there may be very many items before it. */
function objectWith(keys: readonly (string | number)[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);
}

/** The path with its list positions replaced by those of the keys. */
function withPositions(path: Path, keys: readonly (string | number)[]): Path {
  return path.segments().reduce((at, step, i) => {
    if (step.kind !== "index") return step.kind === "key" ? at.key(step.name) : at.child(step.name);
    const key = keys[i];
    return at.index(typeof key === "number" ? key : step.index);
  }, Path.root);
}

const METADATA = Path.root.child("metadata");

/** Fills in the namespace, in place; returns where the object contradicts the URL of the request. */
function locateInRequest(metadata: ObjectMeta, namespace: string, old: ObjectMeta | undefined): Finding[] {
  metadata.namespace ??= namespace;
  if (metadata.managedFields?.every(isReadableManager) === false) delete metadata.managedFields;
  const problems: Finding[] = [];
  if (metadata.namespace !== namespace) {
    problems.push({
      code: "wrong-place",
      path: METADATA.child("namespace"),
      found: metadata.namespace,
      facts: { want: namespace },
    });
  }
  if (old?.name !== undefined && metadata.name !== old.name) {
    problems.push({
      code: "wrong-place",
      path: METADATA.child("name"),
      found: metadata.name,
      facts: { want: old.name },
    });
  }
  return problems;
}

/** Drops, in place, what a client cannot set on a new object: the server does so before admission, but only for a POST. */
function dropServerManagedFields(metadata: ObjectMeta): void {
  if (metadata.uid !== undefined) delete metadata.uid;
  if (metadata.selfLink !== undefined) delete metadata.selfLink;
  if (metadata.creationTimestamp !== undefined) delete metadata.creationTimestamp;
  if (metadata.deletionTimestamp !== undefined) delete metadata.deletionTimestamp;
  if (metadata.deletionGracePeriodSeconds !== undefined) delete metadata.deletionGracePeriodSeconds;
}

/** Drops duplicate owners, in place, with one warning for all of them. */
function dropRepeatedOwners(metadata: ObjectMeta): Finding | undefined {
  const owners = metadata.ownerReferences;
  if (owners === undefined || owners.length < 2) return undefined;
  const seen = new Set<string>();
  const repeated: string[] = [];
  let last: OwnerReference | undefined;
  const first = owners.filter((owner) => {
    const before = seen.size;
    if (owner !== last) seen.add(identityOf(owner));
    last = owner;
    if (seen.size === before) repeated.push(owner.name);
    return seen.size > before;
  });
  if (repeated.length === 0) return undefined;
  metadata.ownerReferences = first;
  return { code: "duplicate-owner", path: METADATA.child("ownerReferences"), found: repeated };
}

/** A unique text for each different owner; the lengths at its start make the concatenation unambiguous. */
function identityOf({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): string {
  const lengths = `${apiVersion.length} ${kind.length} ${name.length} ${controller} ${blockOwnerDeletion}`;
  return `${lengths} ${apiVersion}${kind}${name}${uid}`;
}

/** Whether the server can read the entry. If it cannot read one, it silently drops all managed fields. */
function isReadableManager(entry: ManagedFieldsEntry): boolean {
  const isOperation = entry.operation === "Apply" || entry.operation === "Update";
  if (!isOperation || entry.apiVersion === undefined || entry.fieldsType !== "FieldsV1") return false;
  return areReadableFields(entry.fieldsV1);
}
