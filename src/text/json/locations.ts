import type { KeyPath, TextRange } from "../document/index.ts";
import type { JsonScanner } from "./scanner.ts";

interface MemberLocation {
  readonly key: TextRange | undefined;
  readonly value: TextRange;
}

interface Member {
  readonly key: TextRange | undefined;
  readonly start: number;
  end: number;
  /** Its members by name or position, with every occurrence of a duplicate key; undefined for a scalar. */
  readonly members: Map<string | number, Member[]> | undefined;
}

/**
 * The locations of the keys and values in a JSON text that is known to be well-formed. The constructor scans the whole
 * text, so it is called only when a location is needed, which is rare.
 */
export class JsonLocations {
  readonly #root: Member;

  constructor(scanner: JsonScanner) {
    this.#root = read(scanner);
  }

  /** Of a duplicate key, finds the last occurrence that contains the rest of the keys. */
  find(keys: KeyPath): MemberLocation | undefined {
    const found = findBelow(this.#root, keys, 0);
    return found === undefined ? undefined : { key: found.key, value: { start: found.start, end: found.end } };
  }
}

function findBelow(member: Member, keys: KeyPath, depth: number): Member | undefined {
  const key = keys[depth];
  if (key === undefined) return member;
  const members = member.members?.get(key) ?? [];
  for (let index = members.length - 1; index >= 0; index--) {
    const candidate = members[index];
    const found = candidate && findBelow(candidate, keys, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Scans one value. Not recursive: the text may be deeply nested. */
function read(scanner: JsonScanner): Member {
  const open: Member[] = [];
  for (;;) {
    const parent = open.at(-1);
    let next = scanner.next();
    if (parent !== undefined && (next === "}" || next === "]")) {
      scanner.position++;
      parent.end = scanner.position;
      open.pop();
      if (open.length === 0) return parent;
      scanner.take(",");
      continue;
    }
    const key = parent === undefined || isList(parent, scanner) ? undefined : keyHere(scanner);
    next = scanner.next();
    const isOpening = next === "{" || next === "[";
    const start = scanner.position;
    const member: Member = { key: key?.range, start, end: start, members: isOpening ? new Map() : undefined };
    if (parent !== undefined) add(parent, key?.name, member);
    if (isOpening) {
      scanner.position++;
      open.push(member);
      continue;
    }
    if (next === '"') scanner.string();
    else scanner.scalar();
    member.end = scanner.position;
    if (parent === undefined) return member;
    scanner.take(",");
  }
}

function isList(member: Member, scanner: JsonScanner): boolean {
  return scanner.text.charAt(member.start) === "[";
}

function add({ members }: Member, name: string | undefined, member: Member): void {
  const key = name ?? members?.size ?? 0;
  const known = members?.get(key);
  if (known === undefined) members?.set(key, [member]);
  else known.push(member);
}

function keyHere(scanner: JsonScanner): { name: string; range: TextRange } {
  scanner.next();
  const start = scanner.position;
  const name = scanner.string();
  const range = { start, end: scanner.position };
  scanner.take(":");
  return { name, range };
}
