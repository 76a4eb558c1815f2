import { compareByUtf8, equalJson, isObject, type JsonObject } from "../../field/index.ts";
import type { ManagedFieldsEntry } from "../schema/index.ts";
import { type FieldSet, NO_FIELDS, type Part, partsOf } from "./field-set.ts";

/** An entry of `managedFields` that stays, and where it is in the object as it came. */
export interface HeldManager {
  readonly entry: ManagedFieldsEntry;
  readonly index: number;
}

/** What the server compares a new object with. */
const NOTHING: JsonObject = { metadata: {}, spec: {}, status: { loadBalancer: {} } };

/**
 * The entries of `managedFields` that a write leaves, in the server's order. Whoever writes takes the fields that the write
 * changes, and an entry without fields goes. Source: `Update` of structured-merge-diff, and the field managers of
 * apimachinery around it.
 * @param after the object as it was decoded and defaulted
 * @param before the stored object; undefined for a new one
 */
export function heldManagers(
  managers: readonly ManagedFieldsEntry[],
  after: object,
  before: object | undefined,
): readonly HeldManager[] {
  // A version that cannot be parsed makes the server drop all managed fields.
  if (managers.some(({ apiVersion = "" }) => apiVersion.split("/").length > 2)) return [];
  const byIdentity = new Map(managers.map((entry, index) => [identityOf(entry), { entry, index }]));
  return [...byIdentity.values()]
    .filter(({ entry }) => entry.apiVersion === "v1" && holdsAny(entry, { ...after }, { ...(before ?? NOTHING) }))
    .sort(byServersOrder);
}

/** The last one of several entries of one manager counts. */
function identityOf({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  return JSON.stringify([manager, operation, operation === "Apply" ? "" : apiVersion, subresource]);
}

function byServersOrder({ entry: a }: HeldManager, { entry: b }: HeldManager): number {
  return (
    compareByUtf8(a.operation ?? "", b.operation ?? "") ||
    secondsOf(a) - secondsOf(b) ||
    compareByUtf8(a.manager ?? "", b.manager ?? "") ||
    compareByUtf8(a.subresource ?? "", b.subresource ?? "")
  );
}

function secondsOf({ time }: ManagedFieldsEntry): number {
  const parsed = Date.parse(time ?? "");
  return Number.isNaN(parsed) ? 0 : parsed;
}

function holdsAny({ fieldsV1 }: ManagedFieldsEntry, after: JsonObject, before: JsonObject): boolean {
  return holds(fieldSetOf(fieldsV1) ?? NO_FIELDS, after, before, "");
}

/** Whether a field of the set is the same before and after: what is nowhere is the same, too. */
function holds({ children }: FieldSet, after: unknown, before: unknown, path: string): boolean {
  const [now, then] = [partsByStep(after, path), partsByStep(before, path)];
  return children.entries().some(([step, inner]) => {
    const [one, other] = [now.get(step), then.get(step)];
    if (inner.isMember && isSame(one, other)) return true;
    return holds(inner, one?.value, other?.value, one?.path ?? other?.path ?? "?");
  });
}

function partsByStep(value: unknown, path: string): ReadonlyMap<string, Part> {
  return new Map((partsOf(value, path) ?? []).map((part) => [part.step, part]));
}

function isSame(one: Part | undefined, other: Part | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const isLeaf = partsOf(one.value, one.path) === undefined;
  return !isLeaf || equalJson(one.value, other.value);
}

/** Whether the server can read `fieldsV1`. */
export function areReadableFields(fieldsV1: unknown): boolean {
  return fieldSetOf(fieldsV1) !== undefined;
}

/**
 * The fields that `fieldsV1` names; undefined if the server cannot read it. A step of a kind that it does not know is
 * passed over. Source: `Set.FromJSON` and `DeserializePathElement` of structured-merge-diff.
 */
function fieldSetOf(fieldsV1: unknown, depth = 0): FieldSet | undefined {
  if (fieldsV1 === undefined || fieldsV1 === null || depth > DEEPEST) return NO_FIELDS;
  if (!isObject(fieldsV1)) return undefined;
  const children = new Map<string, FieldSet>();
  for (const [step, inner] of Object.entries(fieldsV1)) {
    if (step === ".") continue;
    const known = readStep(step);
    if (known === undefined) return undefined;
    if (known === UNKNOWN_KIND) continue;
    const fields = fieldSetOf(inner, depth + 1);
    if (fields === undefined) return undefined;
    children.set(known, {
      ...fields,
      isMember: fields.children.size === 0 || (isObject(inner) && Object.hasOwn(inner, ".")),
    });
  }
  return { isMember: false, children };
}

/** No field of a Service is as deep as this. */
const DEEPEST = 32;

const UNKNOWN_KIND = Symbol("a kind of step that the server passes over");

/** The step with the keys of an item in their order; undefined if the server cannot read it. */
function readStep(step: string): string | typeof UNKNOWN_KIND | undefined {
  if (step[1] !== ":") return undefined;
  const rest = step.slice(2);
  switch (step[0]) {
    case "f":
      return step;
    case "i":
      return /^[+-]?\d+$/.test(rest) ? step : undefined;
    case "v": {
      const value = parsed(rest);
      return value === undefined ? undefined : `v:${JSON.stringify(value)}`;
    }
    case "k": {
      const keys = parsed(rest);
      if (!isObject(keys)) return undefined;
      const sorted = Object.entries(keys).sort(([a], [b]) => compareByUtf8(a, b));
      return `k:${JSON.stringify(Object.fromEntries(sorted))}`;
    }
    default:
      return UNKNOWN_KIND;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
