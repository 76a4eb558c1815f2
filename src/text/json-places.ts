import type { JsonScanner } from "./json-scanner.ts";
import type { Keys, TextRange } from "./types.ts";

interface Place {
  readonly key: TextRange | undefined;
  readonly value: TextRange;
}

/**
 * Where the keys lead to, read again from the text (which is known to be well-formed): few places are ever asked for.
 * Of fields named twice the last one is found, or the last one that has what is looked for.
 */
export function findInJson(scanner: JsonScanner, keys: Keys): Place | undefined {
  scanner.next();
  const start = scanner.position;
  if (keys.length === 0) {
    skip(scanner);
    return { key: undefined, value: { start, end: scanner.position } };
  }
  const [first, ...rest] = keys;
  for (const member of membersNamed(scanner, first).reverse()) {
    if (rest.length === 0) return member;
    scanner.position = member.value.start;
    const found = findInJson(scanner, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

function membersNamed(scanner: JsonScanner, name: string | number | undefined): Place[] {
  const first = scanner.next();
  const isList = first === "[";
  if (!isList && first !== "{") return [];
  const found: Place[] = [];
  scanner.position++;
  if (scanner.take(isList ? "]" : "}")) return found;
  let index = 0;
  do {
    const key = isList ? undefined : keyHere(scanner);
    scanner.next();
    const start = scanner.position;
    skip(scanner);
    if ((key?.name ?? index) === name) found.push({ key: key?.range, value: { start, end: scanner.position } });
    index++;
  } while (scanner.take(","));
  return found;
}

function keyHere(scanner: JsonScanner): { name: string; range: TextRange } {
  scanner.next();
  const start = scanner.position;
  const name = scanner.string();
  const range = { start, end: scanner.position };
  scanner.take(":");
  return { name, range };
}

/** Passes over one value, without a stack. */
function skip(scanner: JsonScanner): void {
  let depth = 0;
  do {
    const next = scanner.next();
    if (next === '"') scanner.string();
    else if (next === "{" || next === "[") depth++;
    else if (next === "}" || next === "]") depth--;
    else if (next !== "," && next !== ":") scanner.scalar();
    if ("{[}],:".includes(next)) scanner.position++;
  } while (depth > 0);
}
