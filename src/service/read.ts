import { type Checkpoint, nowAndThen } from "../field/budget.ts";
import { Path } from "../field/path.ts";
import { decode, type Decoded } from "./decode.ts";
import type { Finding } from "./finding.ts";
import { isRead } from "./schema.ts";
import type { ManagedFieldsEntry, ObjectMeta, OwnerReference, Service } from "./types.ts";

/** What unknown and duplicate fields do: nothing, a warning each, or a refusal. */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** A field that the text names more than once. */
export interface RepeatedField {
  readonly path: Path;
  /** What it was before it was named again, if the server reads that, too: it does so in JSON, and in YAML not. */
  readonly earlier?: readonly unknown[];
}

/** What of a request the reading looks at. */
export interface ReadRequest {
  readonly object: unknown;
  readonly fieldValidation: FieldValidation;
  readonly duplicates?: readonly RepeatedField[];
  /** Whether managed fields need not be read. */
  readonly passManagers?: boolean;
  readonly facts: { readonly namespace: string };
  readonly checkpoint?: Checkpoint;
  /** How many findings of one code are told; those beyond are counted. */
  readonly most?: number;
}

/** A Service, or the problems that make the server answer 400. */
export interface Read {
  readonly service: Service | undefined;
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The object as a Service, with what its place in the request says: namespace, and on update the name. */
export function read(request: ReadRequest, old: Service | undefined): Read {
  const { service, problems, unknown } = decode(request.object, {
    turn: nowAndThen(request.checkpoint),
    most: request.most,
    passManagers: request.passManagers,
    // Nobody would hear of them.
    passUnknown: request.fieldValidation === "Ignore",
  });
  const repeated = request.duplicates ?? [];
  const overwritten = repeated.flatMap(readEarlier);
  const earlierProblems = overwritten.flatMap((earlier) => earlier.problems);
  const loose = [
    ...repeated.filter(isNamedTwice).map(({ path }) => ({ code: "duplicate-field" as const, path })),
    ...onePerPlace([...unknown, ...overwritten.flatMap((earlier) => earlier.unknown)]),
  ];
  const strict = request.fieldValidation === "Strict" ? loose : [];
  const warnings = request.fieldValidation === "Warn" ? loose : [];
  if (service === undefined || earlierProblems.length > 0) {
    return { service: undefined, problems: [...problems, ...earlierProblems, ...strict], warnings: [] };
  }
  if (old === undefined) dropServersOwn(service.metadata);
  const misplaced = locateInRequest(service.metadata, request.facts.namespace, old?.metadata);
  if (strict.length + misplaced.length > 0)
    return { service: undefined, problems: [...strict, ...misplaced], warnings };
  return { service, problems: [], warnings: [...warnings, ...dropRepeatedOwners(service.metadata)] };
}

/** Of JSON the server passes over what it does not know: what stands twice in there is not seen. */
function isNamedTwice({ path, earlier }: RepeatedField): boolean {
  return earlier === undefined || isRead(path.keys());
}

/** What there is to say of a value although another one takes its place in the end. */
function readEarlier({ path, earlier = [] }: RepeatedField): Decoded[] {
  const keys = path.keys();
  return earlier.map((value) => {
    const { service, problems, unknown } = decode(objectWith(keys, value));
    const moved = (finding: Finding): Finding => ({ ...finding, path: withPositions(finding.path, keys) });
    return { service, problems: problems.map(moved), unknown: unknown.map(moved) };
  });
}

function onePerPlace(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  return [...new Map(findings.map((finding) => [finding.path.toPointer(), finding])).values()];
}

/** An object with nothing but this value, which stands first in lists: there may be very many items before it. */
function objectWith(keys: readonly (string | number)[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);
}

/** The path with the positions in lists that these keys have. */
function withPositions(path: Path, keys: readonly (string | number)[]): Path {
  return path.segments().reduce((at, step, i) => {
    if (step.kind !== "index") return step.kind === "key" ? at.key(step.name) : at.child(step.name);
    const key = keys[i];
    return at.index(typeof key === "number" ? key : step.index);
  }, Path.root);
}

const METADATA = Path.root.child("metadata");

/** Fills in the namespace in place; returns what contradicts the place that the request was sent to. */
function locateInRequest(metadata: ObjectMeta, namespace: string, old: ObjectMeta | undefined): Finding[] {
  metadata.namespace ??= namespace;
  if (metadata.managedFields?.every(isKeptManager) === false) delete metadata.managedFields;
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

/** What is not the client's to write on a new object is gone before anybody sees it, in place. */
function dropServersOwn(metadata: ObjectMeta): void {
  delete metadata.uid;
  delete metadata.selfLink;
  delete metadata.creationTimestamp;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
}

/** Owners that stand in the list a second time are dropped, in place, with one warning for all of them. */
function dropRepeatedOwners(metadata: ObjectMeta): Finding[] {
  const owners = metadata.ownerReferences ?? [];
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
  if (repeated.length === 0) return [];
  metadata.ownerReferences = first;
  return [{ code: "duplicate-owner", path: METADATA.child("ownerReferences"), found: repeated }];
}

/** A text that is the same for the same owner alone: where each of its texts ends is told by their lengths. */
function identityOf({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): string {
  const lengths = `${apiVersion.length} ${kind.length} ${name.length} ${controller} ${blockOwnerDeletion}`;
  return `${lengths} ${apiVersion}${kind}${name}${uid}`;
}

/** Managed fields that the server cannot read are dropped, all of them, in silence. */
function isKeptManager(entry: ManagedFieldsEntry): boolean {
  const isOperation = entry.operation === "Apply" || entry.operation === "Update";
  return isOperation && entry.apiVersion !== undefined && entry.fieldsType === "FieldsV1";
}
