import type { LabelSelector, Match } from "../schema/index.ts";
import { compileGlob } from "./glob.ts";
import { compileSelector, type Labels } from "../../inventory/model/index.ts";
import type { MatchSubject } from "./subject.ts";

/**
 * An index that finds the policies that may match a subject without testing each. Every policy is indexed under the
 * terms of its most selective criterion, and a subject is looked up by its own terms. The candidates must still be
 * matched in full.
 */
export class MatchIndex<P> {
  readonly #entries = new Map<string, Entry<P>[]>();
  /** The lengths of the namespace prefixes and suffixes in use: only those are looked up. */
  readonly #prefixLengths = new Set<number>();
  readonly #suffixLengths = new Set<number>();
  /**
   * Terms that must be tested because they cannot be derived from a subject: each is tested once for all its policies.
   */
  readonly #globs = new Map<string, (namespace: string) => boolean>();
  readonly #selectors = new Map<string, (subject: MatchSubject) => boolean>();
  /** A cache of the terms of `#globs` that match a namespace: there are few namespaces, and each is looked up often. */
  readonly #globTermsByNamespace = new Map<string, readonly string[]>();

  /** The label keys that occur in terms: other labels are not looked up. */
  readonly #labelKeys: Readonly<Record<LabelOwner, Set<string>>> = { object: new Set(), namespace: new Set() };

  constructor(policies: readonly P[], matchOf: (policy: P) => Match) {
    for (const [order, policy] of policies.entries()) {
      for (const term of new Set(this.#termsOf(matchOf(policy)))) {
        const entries = this.#entries.get(term) ?? [];
        entries.push({ order, policy });
        this.#entries.set(term, entries);
      }
    }
  }

  /** The policies that may match, in their original order and without duplicates. */
  candidates(subject: MatchSubject): readonly P[] {
    let found: readonly Entry<P>[] = [];
    let lists = 0;
    for (const term of this.#lookups(subject)) {
      const entries = this.#entries.get(term);
      if (entries === undefined) continue;
      found = lists++ === 0 ? entries : found.concat(entries);
    }
    // The entries of one term are in order, and none is there twice.
    return (lists > 1 ? inOrder(found) : found).map(({ policy }) => policy);
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

  /** The terms of the inclusion globs; undefined if every namespace may match. */
  #namespaceTerms(globs: readonly string[] | undefined): readonly string[] | undefined {
    const inclusions = globs?.filter((glob) => !glob.startsWith("!")) ?? [];
    if (inclusions.length === 0 || inclusions.includes("*")) return undefined;
    return inclusions.map((glob) => this.#namespaceTerm(glob));
  }

  #namespaceTerm(glob: string): string {
    const firstWildcard = glob.search(/[*?]/);
    if (firstWildcard < 0) return `namespace = ${glob}`;
    if (firstWildcard > 0) {
      this.#prefixLengths.add(firstWildcard);
      return `namespace ^ ${glob.slice(0, firstWildcard)}`;
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

  /** The term of a selector that has only negative requirements. */
  #selectorTerms(owner: LabelOwner, selector: LabelSelector | undefined): readonly string[] | undefined {
    if (selector === undefined || (selector.matchExpressions ?? []).length === 0) return undefined;
    const term = `${owner} ~ ${JSON.stringify(selector)}`;
    const selects = compileSelector(selector);
    this.#selectors.set(term, (subject) => selects(owner === "object" ? subject.labels : subject.namespaceLabels));
    return [term];
  }

  /** Terms for labels one of which the selector requires; undefined if it requires none. */
  #labelTerms(owner: LabelOwner, selector: LabelSelector | undefined): readonly string[] | undefined {
    const [exact] = Object.entries(selector?.matchLabels ?? {});
    if (exact !== undefined) return [this.#labelTerm(owner, ...exact)];
    const expressions = selector?.matchExpressions ?? [];
    const inExpression = expressions.find(({ operator }) => operator === "In");
    if (inExpression !== undefined)
      return (inExpression.values ?? []).map((value) => this.#labelTerm(owner, inExpression.key, value));
    const present = expressions.find(({ operator }) => operator === "Exists");
    return present === undefined ? undefined : [this.#labelTerm(owner, present.key)];
  }

  #labelTerm(owner: LabelOwner, key: string, value?: string): string {
    this.#labelKeys[owner].add(key);
    return value === undefined ? `${owner} ${key}` : `${owner} ${key} = ${value}`;
  }

  #lookups(subject: MatchSubject): readonly string[] {
    const { namespace, namespaceLabels, labels, type, operation } = subject;
    const terms = ["any", `type ${type}`, `operation ${operation}`, `namespace = ${namespace}`];
    for (const length of this.#prefixLengths) {
      if (length <= namespace.length) terms.push(`namespace ^ ${namespace.slice(0, length)}`);
    }
    for (const length of this.#suffixLengths) {
      if (length <= namespace.length) terms.push(`namespace $ ${namespace.slice(-length)}`);
    }
    if (this.#globs.size > 0) for (const term of this.#globTerms(namespace)) terms.push(term);
    for (const [term, holds] of this.#selectors) if (holds(subject)) terms.push(term);
    this.#addLabels(terms, "object", labels);
    this.#addLabels(terms, "namespace", namespaceLabels);
    return terms;
  }

  #addLabels(terms: string[], owner: LabelOwner, labels: Labels): void {
    const indexedKeys = this.#labelKeys[owner];
    if (indexedKeys.size === 0) return;
    for (const key of Object.keys(labels)) {
      if (indexedKeys.has(key)) terms.push(`${owner} ${key}`, `${owner} ${key} = ${labels[key] ?? ""}`);
    }
  }

  #globTerms(namespace: string): readonly string[] {
    const known = this.#globTermsByNamespace.get(namespace);
    if (known !== undefined) return known;
    const terms = [...this.#globs].filter(([, holds]) => holds(namespace)).map(([term]) => term);
    if (this.#globTermsByNamespace.size >= MAX_CACHED_NAMESPACES) this.#globTermsByNamespace.clear();
    this.#globTermsByNamespace.set(namespace, terms);
    return terms;
  }
}

interface Entry<P> {
  readonly order: number;
  readonly policy: P;
}

/** The entries in order, each of them once. */
function inOrder<P>(entries: readonly Entry<P>[]): readonly Entry<P>[] {
  return entries.toSorted((a, b) => a.order - b.order).filter(({ order }, i, all) => order !== all[i - 1]?.order);
}

/** The limit of `#globTermsByNamespace`, which bounds its memory whatever namespaces are looked up. */
const MAX_CACHED_NAMESPACES = 10_000;

/** Whose labels a term is about. */
type LabelOwner = "object" | "namespace";
