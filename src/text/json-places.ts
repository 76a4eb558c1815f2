import type { JsonScanner } from "./json-scanner.ts";
import type { Keys, TextRange } from "./types.ts";

interface Place {
  readonly key: TextRange | undefined;
  readonly value: TextRange;
}

interface Member {
  readonly key: TextRange | undefined;
  readonly start: number;
  end: number;
  /** What is in it by name or position: of fields named twice each of them. */
  readonly members: Map<string | number, Member[]> | undefined;
}

/**
 * Where the values of a JSON text (which is known to be well-formed) stand. The text is gone through once, when it is
 * first asked for a place; most texts never are.
 */
export class JsonPlaces {
  readonly #root: Member;

  constructor(scanner: JsonScanner) {
    this.#root = read(scanner);
  }

  /** Of fields named twice the last one is found, or the last one that has what is looked for. */
  find(keys: Keys): Place | undefined {
    const found = below(this.#root, keys, 0);
    return found === undefined ? undefined : { key: found.key, value: { start: found.start, end: found.end } };
  }
}

function below(member: Member, keys: Keys, depth: number): Member | undefined {
  const key = keys[depth];
  if (key === undefined) return member;
  const members = member.members?.get(key) ?? [];
  for (let index = members.length - 1; index >= 0; index--) {
    const candidate = members[index];
    const found = candidate && below(candidate, keys, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads one value, without the call stack: a text may be nested deep. */
function read(scanner: JsonScanner): Member {
  const open: Member[] = [];
  for (;;) {
    const around = open.at(-1);
    let next = scanner.next();
    if (around !== undefined && (next === "}" || next === "]")) {
      scanner.position++;
      around.end = scanner.position;
      open.pop();
      if (open.length === 0) return around;
      scanner.take(",");
      continue;
    }
    const key = around === undefined || isList(around, scanner) ? undefined : keyHere(scanner);
    next = scanner.next();
    const isOpening = next === "{" || next === "[";
    const start = scanner.position;
    const member: Member = { key: key?.range, start, end: start, members: isOpening ? new Map() : undefined };
    if (around !== undefined) add(around, key?.name, member);
    if (isOpening) {
      scanner.position++;
      open.push(member);
      continue;
    }
    if (next === '"') scanner.string();
    else scanner.scalar();
    member.end = scanner.position;
    if (around === undefined) return member;
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
