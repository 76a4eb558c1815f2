import { isObject, type JsonObject } from "../../field/index.ts";
import { ATOMIC_MAPS, KEY_DEFAULTS, MERGED_LISTS, OPEN_MAPS } from "./lists.ts";

/** The fields that somebody owns, by steps as in `managedFields`: `f:spec`, `k:{"port":80,"protocol":"TCP"}`, `v:"text"`. */
export interface FieldSet {
  /** Whether the field itself is owned, not only fields in it. */
  readonly isMember: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const NO_FIELDS: FieldSet = { isMember: false, children: new Map() };
const LEAF: FieldSet = { isMember: true, children: new Map() };

/** One field of an object, or one item of a list that is merged. */
export interface Part {
  readonly step: string;
  readonly value: unknown;
  readonly path: string;
  /** Whether it is a field of its type: not an item of a list, and not a key that somebody made up. */
  readonly isNamed: boolean;
}

/** The fields or items of a value; undefined for one that is set as a whole. */
export function partsOf(value: unknown, path: string): Part[] | undefined {
  if (isObject(value)) {
    if (ATOMIC_MAPS.has(path)) return undefined;
    const isNamed = !OPEN_MAPS.has(path);
    const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return present.map(([key, inner]) => ({
      step: `f:${key}`,
      value: inner,
      path: path === "" ? key : `${path}.${key}`,
      isNamed,
    }));
  }
  const type = MERGED_LISTS[path];
  if (!Array.isArray(value) || type === undefined) return undefined;
  const inner = `${path}[]`;
  return value.map((item: unknown) => ({ step: stepOf(item, type.keys), value: item, path: inner, isNamed: false }));
}

/** What identifies an item: the values of its keys, or, in a set, the item itself. */
export function stepOf(item: unknown, keys: readonly string[] | undefined): string {
  if (keys === undefined || !isObject(item)) return `v:${JSON.stringify(item)}`;
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, item[key] ?? KEY_DEFAULTS[key]])))}`;
}

/** A step as the API server prints it: `.spec`, `[port=80,protocol="TCP"]`. */
export function stepText(step: string): string {
  const [kind, text] = [step.slice(0, 1), step.slice(2)];
  if (kind === "f") return `.${text}`;
  if (kind === "v") return `[=${text}]`;
  const keys: unknown = JSON.parse(text);
  const pairs = Object.entries(isObject(keys) ? keys : {}).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `[${pairs.join(",")}]`;
}

/** The fields that somebody who applies this manifest owns. Source: `ToFieldSet` of structured-merge-diff. */
export function fieldsOf(value: unknown, path = "", isNamed = true): FieldSet {
  const parts = partsOf(value, path);
  if (parts === undefined) return LEAF;
  const children = new Map(parts.map((part) => [part.step, fieldsOf(part.value, part.path, part.isNamed)]));
  return { isMember: !isNamed || (isObject(value) && parts.length === 0), children };
}

/** The fields of an entry of `managedFields`, as its `fieldsV1` has them. */
export function fieldsFrom(fieldsV1: JsonObject): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, inner] of Object.entries(fieldsV1)) {
    if (step !== "." && isObject(inner)) children.set(step, Object.keys(inner).length === 0 ? LEAF : fieldsFrom(inner));
  }
  return { isMember: Object.hasOwn(fieldsV1, "."), children };
}

export function union(sets: readonly FieldSet[]): FieldSet {
  const steps = new Set(sets.flatMap(({ children }) => [...children.keys()]));
  const children = new Map(
    [...steps].map((step) => [step, union(sets.flatMap((set) => set.children.get(step) ?? []))]),
  );
  return { isMember: sets.some(({ isMember }) => isMember), children };
}

/** What one set has and another one has not. */
export function difference(set: FieldSet, other: FieldSet | undefined): FieldSet {
  if (other === undefined) return set;
  const children = [...set.children].map(([step, inner]): [string, FieldSet] => [
    step,
    difference(inner, other.children.get(step)),
  ]);
  const left = children.filter(
    ([
      ,
      {
        isMember,
        children: { size },
      },
    ]) => isMember || size > 0,
  );
  return { isMember: set.isMember && !other.isMember, children: new Map(left) };
}

/** Whether a set has a part: itself, or, for a field of its type, by anything in it. */
export function has(set: FieldSet | undefined, { isNamed }: Part): boolean {
  return set !== undefined && (set.isMember || (isNamed && set.children.size > 0));
}
