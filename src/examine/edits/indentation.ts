import { isObject, Path, valueAt } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { fieldTakes, isDecoded } from "../../service/schema/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

/** Finds out below which empty fields unknown keys stand that belong into these. */
export class EmptyParents {
  /** The names of the fields of each object, which are asked for by each unknown key in it; none of one with too many. */
  readonly #names = new WeakMap<object, readonly string[]>();

  /**
   * The empty field that an unknown key stands below instead of in: everything from `metadata:` on begins in one column, or
   * the labels are not indented under `labels:`. Undefined if there is none.
   */
  of(keys: KeyPath, manifest: unknown): KeyPath | undefined {
    const name = keys.at(-1);
    const object = keys.slice(0, -1);
    const siblings = valueAt(manifest, object);
    if (!isObject(siblings) || typeof name !== "string") return undefined;
    const names = this.#namesOf(siblings);
    const parent = names.slice(0, names.indexOf(name)).findLast((key) => isDecoded([...object, key]));
    if (parent === undefined || siblings[parent] !== null || !fieldTakes([...object, parent], {})) return undefined;
    const [keysThere, value] = [[...object, parent, name], siblings[name]];
    const isTaken = fieldTakes(keysThere, value) || (typeof value !== "object" && isDecoded(keysThere));
    return isTaken ? [...object, parent] : undefined;
  }

  #namesOf(object: object): readonly string[] {
    const known = this.#names.get(object);
    if (known !== undefined) return known;
    const all = Object.keys(object);
    const names = all.length > MOST_SIBLINGS ? [] : all;
    this.#names.set(object, names);
    return names;
  }
}

/** Nobody writes an object with more fields by hand. */
const MOST_SIBLINGS = 200;

/** The message and fix for all keys of a manifest that are not indented under the empty objects above them. */
export function indentationTexts(
  findings: readonly Finding[],
  parentOf: (finding: Finding) => KeyPath,
): { readonly message: string; readonly fix: string } {
  const groups = Map.groupBy(findings, (finding) => Path.of(parentOf(finding)).toString());
  const placed = [...groups].map(
    ([parent, each]) => `${namesText(each.map(({ path }) => String(path.keys().at(-1))))} under ${parent}`,
  );
  const [be, there] = groups.size === 1 ? ["is", "it"] : ["are", "them"];
  return {
    message: `${namesText([...groups.keys()])} ${be} empty: what belongs in ${there} is not indented`,
    fix: `indent ${placed.join(", and ")}`,
  };
}

/** Of so many names all are listed. */
const MOST_NAMED = 10;

/** `a, b and c`. */
function namesText(names: readonly string[]): string {
  const shown =
    names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
