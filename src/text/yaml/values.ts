import { type JsonObject, setOwnProperty } from "../../field/index.ts";
import { type KeyPath, type MisleadingScalar, TextError, tooDeep } from "../document/index.ts";
import { AliasBudget } from "./alias-budget.ts";
import { badKey, badMerge, scalarProblem } from "./bad-values.ts";
import { isMergeKey, isMisleading, isPlainScalar, rangeOf, resolvedKey, scalarValue } from "./nodes.ts";
import type { YamlAlias, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from "./parser/index.ts";

/** A repeated key; `at` is the offset of its value, whose line the API server reports. */
export interface RepeatedKey {
  readonly keys: KeyPath;
  readonly name: string;
  readonly at: number;
  /** A merge (`<<`) brought it, or the one that it repeats: kubectl resolves merges before it sends anything. */
  readonly isMerged: boolean;
}

/** Go's limit for JSON, which the document is converted to; the limits of YAML are for brackets and for indentation each. */
const MAX_LEVELS = 10_000;
/** Deeper than this, misleading scalars are not listed: no field of a Service is, in a List either. */
const DEEPEST_WORD = 100;
/** Deeper than this, one repeated key is listed: the path of each is as long as it is deep. */
const DEEPEST_REPEAT = 500;

/** A list or map that is being converted; `alias` is what led to it, if it was one. */
interface Open {
  readonly alias: YamlAlias | undefined;
  /** The number of steps that lead to it. */
  readonly depth: number;
  /** How many of its items are read. */
  next: number;
}

interface OpenList extends Open {
  readonly node: YamlList;
  readonly value: unknown[];
}

interface OpenMap extends Open {
  readonly node: YamlMap;
  readonly value: JsonObject;
  /** The keys so far, and whether a merge brought them. */
  readonly named: Map<string, boolean>;
  /** It is merged into the map whose value it has. */
  readonly isMerge: boolean;
}

/**
 * Converts the tree of one document to JSON values, like go-yaml v2 and the API server's conversion to JSON: keys become
 * text, of duplicate keys each is read and the last one wins, merge keys are merged in place. Not recursive: a document may
 * be nested as deep as its parser allows.
 */
export class YamlValues {
  readonly repeated: RepeatedKey[] = [];
  readonly words: MisleadingScalar[] = [];
  /** The keys of the mappings that are merged through aliases. */
  readonly merged = new Set<YamlNode>();
  readonly #aliases = new Set<YamlAlias>();
  readonly #stack: (OpenList | OpenMap)[] = [];
  readonly #trail: (string | number)[] = [];
  readonly #budget = new AliasBudget();

  /** @throws {TextError} for values that JSON cannot represent, and for recursive or too many aliases. */
  value(root: YamlNode): unknown {
    const value = this.#read(root);
    for (let open = this.#stack.at(-1); open !== undefined; open = this.#stack.at(-1)) {
      if (open.next === 0) this.#enter(open);
      if ("named" in open ? this.#nextEntry(open) : this.#nextItem(open)) continue;
      this.#stack.pop();
      if (open.alias !== undefined) this.#leave(open.alias);
    }
    return value;
  }

  /** The value of a node; a list or map is returned empty, and filled later. */
  #read(node: YamlNode): unknown {
    this.#budget.count(node);
    if (node === undefined) return null;
    const alias = node.kind === "alias" ? node : undefined;
    const target = node.kind === "alias" ? node.target : node;
    if (target.kind === "scalar") {
      if (alias === undefined) return this.#scalar(target);
      this.#budget.enter();
      this.#budget.count(target);
      this.#budget.leave();
      return this.#scalar(target);
    }
    if (this.#trail.length >= MAX_LEVELS) throw tooDeep(rangeOf(node).start);
    const open = { alias, depth: this.#trail.length, next: 0 };
    if (target.kind === "list") {
      const value: unknown[] = [];
      this.#stack.push({ ...open, node: target, value });
      return value;
    }
    const value: JsonObject = {};
    this.#stack.push({ ...open, node: target, value, named: new Map(), isMerge: false });
    return value;
  }

  #enter({ alias, node }: OpenList | OpenMap): void {
    if (alias === undefined) return;
    if (this.#aliases.has(alias)) {
      const message = `the value of the anchor \`&${alias.name}\` contains itself`;
      throw new TextError("anchor-in-itself", rangeOf(alias), message);
    }
    this.#aliases.add(alias);
    this.#budget.enter();
    this.#budget.count(node);
  }

  #leave(alias: YamlAlias): void {
    this.#aliases.delete(alias);
    this.#budget.leave();
  }

  #nextItem(open: OpenList): boolean {
    const { items } = open.node;
    if (open.next >= items.length) return false;
    this.#trail.length = open.depth;
    this.#trail.push(open.next);
    open.value.push(this.#read(items[open.next++]));
    return true;
  }

  #nextEntry(open: OpenMap): boolean {
    const entry = open.node.entries[open.next++];
    if (entry === undefined) return false;
    this.#trail.length = open.depth;
    if (isMergeKey(entry.key)) {
      this.#budget.count(entry.key);
      this.#merge(entry.value, open);
    } else this.#entry(entry, open);
    return true;
  }

  #entry({ key, value }: YamlEntry, open: OpenMap): void {
    const target = key?.kind === "alias" ? key.target : key;
    this.#budget.count(key);
    const resolved = resolvedKey(target);
    if (resolved === undefined) throw badKey(key, target);
    const { name, type } = resolved;
    this.#trail.push(name);
    if (key?.kind === "scalar" && isPlainScalar(key) && name !== key.text) this.#word("key", key, name);
    // To go-yaml 1 and "1" are two keys, although both become the same name later.
    const identity = type === "str" ? name : `${type}\n${name}`;
    const before = open.named.get(identity);
    if (before !== undefined) this.#repeat(name, rangeOf(value ?? key).start, before || open.isMerge);
    open.named.set(identity, open.isMerge);
    setOwnProperty(open.value, name, this.#read(value));
  }

  #repeat(name: string, at: number, isMerged: boolean): void {
    if (this.#trail.length > DEEPEST_REPEAT && this.repeated.some(({ keys }) => keys.length > DEEPEST_REPEAT)) return;
    this.repeated.push({ keys: [...this.#trail], name, at, isMerged });
  }

  #merge(value: YamlNode, into: OpenMap): void {
    if (value === undefined || value.kind === "scalar") throw badMerge(value, into.node);
    // They are put on a stack: the last one is merged first, so that the first one wins.
    const sources = value.kind === "list" ? value.items : [value];
    for (const source of sources) {
      const alias = source?.kind === "alias" ? source : undefined;
      const node = source?.kind === "alias" ? source.target : source;
      if (node?.kind !== "map") throw badMerge(value, into.node);
      this.#budget.count(source);
      if (alias !== undefined) for (const { key } of node.entries) this.merged.add(key);
      const { depth, named } = into;
      this.#stack.push({ node, alias, depth, next: 0, value: into.value, named, isMerge: true });
    }
  }

  #scalar(scalar: YamlScalar): unknown {
    const resolved = scalarValue(scalar);
    const problem = scalarProblem(scalar, resolved);
    if (problem !== undefined) throw problem;
    if (resolved.type === "mismatch") return undefined;
    if (isMisleading(scalar, resolved.value)) this.#word("value", scalar, resolved.value);
    return resolved.value;
  }

  #word(what: "key" | "value", { text }: YamlScalar, value: unknown): void {
    if (this.#trail.length <= DEEPEST_WORD) this.words.push({ keys: [...this.#trail], what, text, value });
  }
}
