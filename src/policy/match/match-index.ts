import type { LabelSelector, Match } from "../schema/document.ts";
import { compileGlob } from "./glob.ts";
import { compileSelector, type Labels } from "./labels.ts";
import type { Subject } from "./subject.ts";

/**
 * Finds the policies that may match a subject without asking each: every policy is filed under terms of its most
 * telling criterion, and a subject is looked up by the terms that it has. What is found must still be matched in full.
 */
export class MatchIndex<P> {
  readonly #filed = new Map<string, { readonly order: number; readonly policy: P }[]>();
  /** Lengths of the namespace prefixes and suffixes in use, so that only those are looked up. */
  readonly #prefixLengths = new Set<number>();
  readonly #suffixLengths = new Set<number>();
  /** Terms of which nobody can tell by looking that a subject has them: each is tried once, however many use it. */
  readonly #globs = new Map<string, (namespace: string) => boolean>();
  readonly #selectors = new Map<string, (subject: Subject) => boolean>();
  /** The terms of `#globs` that a namespace has; there are few namespaces, and each is asked about again and again. */
  readonly #globsOf = new Map<string, readonly string[]>();

  /** The labels that terms are about: others need not be looked up. */
  readonly #labelKeys: Readonly<Record<Whose, Set<string>>> = { object: new Set(), namespace: new Set() };

  constructor(policies: readonly P[], matchOf: (policy: P) => Match) {
    for (const [order, policy] of policies.entries()) {
      for (const term of new Set(this.#termsOf(matchOf(policy)))) {
        const filed = this.#filed.get(term) ?? [];
        filed.push({ order, policy });
        this.#filed.set(term, filed);
      }
    }
  }

  /** The policies that may match, in their order, each once. */
  candidates(subject: Subject): readonly P[] {
    const found = new Map<number, P>();
    for (const term of this.#lookups(subject)) {
      for (const { order, policy } of this.#filed.get(term) ?? []) found.set(order, policy);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, policy]) => policy);
  }

  #termsOf(match: Match): readonly string[] {
    return (
      this.#namespaceTerms(match.namespaces) ??
      this.#labelTerms("object", match.objectSelector) ??
      this.#labelTerms("namespace", match.namespaceSelector) ??
      this.#selectorTerms("object", match.objectSelector) ??
      this.#selectorTerms("namespace", match.namespaceSelector) ??
      match.types?.map((type) => `type ${type}`) ??
      match.operations?.map((operation) => `operation ${operation}`) ?? ["any"]
    );
  }

  /** Terms for the globs that must match; undefined where none must. */
  #namespaceTerms(globs: readonly string[] | undefined): readonly string[] | undefined {
    const wanted = globs?.filter((glob) => !glob.startsWith("!")) ?? [];
    return wanted.length === 0 || wanted.includes("*") ? undefined : wanted.map((glob) => this.#namespaceTerm(glob));
  }

  #namespaceTerm(glob: string): string {
    const first = glob.search(/[*?]/);
    if (first < 0) return `namespace = ${glob}`;
    if (first > 0) {
      this.#prefixLengths.add(first);
      return `namespace ^ ${glob.slice(0, first)}`;
    }
    const suffix = glob.slice(Math.max(glob.lastIndexOf("*"), glob.lastIndexOf("?")) + 1);
    if (suffix !== "") {
      this.#suffixLengths.add(suffix.length);
      return `namespace $ ${suffix}`;
    }
    const term = `namespace ~ ${glob}`;
    this.#globs.set(term, compileGlob(glob));
    return term;
  }

  /** A term for a selector that only says which labels there must not be. */
  #selectorTerms(whose: Whose, selector: LabelSelector | undefined): readonly string[] | undefined {
    if (selector === undefined || (selector.matchExpressions ?? []).length === 0) return undefined;
    const term = `${whose} ~ ${JSON.stringify(selector)}`;
    const selects = compileSelector(selector);
    this.#selectors.set(term, (subject) => selects(whose === "object" ? subject.labels : subject.namespaceLabels));
    return [term];
  }

  /** Terms for labels of which a selector needs one; undefined where it needs none. */
  #labelTerms(whose: Whose, selector: LabelSelector | undefined): readonly string[] | undefined {
    const [wanted] = Object.entries(selector?.matchLabels ?? {});
    if (wanted !== undefined) return [this.#labelTerm(whose, ...wanted)];
    const expressions = selector?.matchExpressions ?? [];
    const among = expressions.find(({ operator }) => operator === "In");
    if (among !== undefined) return (among.values ?? []).map((value) => this.#labelTerm(whose, among.key, value));
    const present = expressions.find(({ operator }) => operator === "Exists");
    return present === undefined ? undefined : [this.#labelTerm(whose, present.key)];
  }

  #labelTerm(whose: Whose, key: string, value?: string): string {
    this.#labelKeys[whose].add(key);
    return value === undefined ? `${whose} ${key}` : `${whose} ${key} = ${value}`;
  }

  *#lookups(subject: Subject): Iterable<string> {
    const { namespace, namespaceLabels, labels, type, operation } = subject;
    yield "any";
    yield `type ${type}`;
    yield `operation ${operation}`;
    yield `namespace = ${namespace}`;
    for (const length of this.#prefixLengths) {
      if (length <= namespace.length) yield `namespace ^ ${namespace.slice(0, length)}`;
    }
    for (const length of this.#suffixLengths) {
      if (length <= namespace.length) yield `namespace $ ${namespace.slice(-length)}`;
    }
    if (this.#globs.size > 0) yield* this.#globTerms(namespace);
    for (const [term, holds] of this.#selectors) if (holds(subject)) yield term;
    yield* this.#labelLookups("object", labels);
    yield* this.#labelLookups("namespace", namespaceLabels);
  }

  *#labelLookups(whose: Whose, labels: Labels): Iterable<string> {
    const asked = this.#labelKeys[whose];
    if (asked.size === 0) return;
    for (const key of Object.keys(labels)) {
      if (!asked.has(key)) continue;
      yield `${whose} ${key}`;
      yield `${whose} ${key} = ${labels[key] ?? ""}`;
    }
  }

  #globTerms(namespace: string): readonly string[] {
    const known = this.#globsOf.get(namespace);
    if (known !== undefined) return known;
    const terms = [...this.#globs].filter(([, holds]) => holds(namespace)).map(([term]) => term);
    if (this.#globsOf.size >= MOST_NAMESPACES) this.#globsOf.clear();
    this.#globsOf.set(namespace, terms);
    return terms;
  }
}

/** What is kept of namespaces stays within bounds, whatever is asked about. */
const MOST_NAMESPACES = 10_000;

type Whose = "object" | "namespace";
