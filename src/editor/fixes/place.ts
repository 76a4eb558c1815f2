import { isObject, valueAt } from "../../field/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import type { AnalysedDocument, Analysis } from "../analysis/index.ts";
import type { Diagnostic } from "../model/index.ts";

/** The object that a diagnostic is about, and the field in it. */
export interface Place {
  readonly text: string;
  readonly document: AnalysedDocument;
  /** Where the object is in the document. */
  readonly root: KeyPath;
  /** The field, from the root of the document on; the text need not have it. */
  readonly keys: KeyPath;
}

/** Where the field of a diagnostic is; undefined for a diagnostic about no object. */
export function placeOf(diagnostic: Diagnostic, { text, documents }: Analysis): Place | undefined {
  const document = documents.find(({ range }) => isWithin(diagnostic, range));
  if (document === undefined || diagnostic.field === "" || !isObject(document.value)) return undefined;
  const service = document.services.find(
    ({ range, namespace, name }) =>
      isWithin(diagnostic, range) && diagnostic.subject?.namespace === namespace && diagnostic.subject.name === name,
  );
  const root = service?.keys ?? [];
  const keys = keysOf(diagnostic.field, valueAt(document.value, root));
  return { text, document, root, keys: [...root, ...keys] };
}

function isWithin({ start, end }: TextRange, outer: TextRange): boolean {
  return start >= outer.start && end <= outer.end;
}

/** The keys that a field path leads to: a number in brackets is a position in a list, or the key of a map. */
function keysOf(field: string, object: unknown): KeyPath {
  const keys: (string | number)[] = [];
  for (const [, inBrackets, name = ""] of field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const isPosition = inBrackets !== undefined && Array.isArray(valueAt(object, keys));
    keys.push(isPosition ? Number(inBrackets) : (inBrackets ?? written(name, valueAt(object, keys))));
  }
  return keys;
}

/** The API server writes some fields with a capital letter: `spec.LoadBalancerSourceRanges`. */
function written(name: string, object: unknown): string {
  if (!isObject(object) || Object.hasOwn(object, name)) return name;
  const small = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  return Object.hasOwn(object, small) ? small : name;
}
