import type { LabelSelector, Match } from "../schema/document.ts";
import type { Labels } from "./labels.ts";
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
      labelTerms("object", match.objectSelector) ??
      labelTerms("namespace", match.namespaceSelector) ??
      match.types?.map((type) => `type ${type}`) ??
      match.operations?.map((operation) => `operation ${operation}`) ?? ["any"]
    );
  }

  /** Terms for the globs that must match; undefined where one of them begins and ends with a star. */
  #namespaceTerms(globs: readonly string[] | undefined): readonly string[] | undefined {
    const wanted = globs?.filter((glob) => !glob.startsWith("!")) ?? [];
    const terms = wanted.map((glob) => this.#namespaceTerm(glob));
    return terms.length === 0 || terms.includes(undefined) ? undefined : terms.filter((term) => term !== undefined);
  }

  #namespaceTerm(glob: string): string | undefined {
    const first = glob.search(/[*?]/);
    if (first < 0) return `namespace = ${glob}`;
    if (first > 0) {
      this.#prefixLengths.add(first);
      return `namespace ^ ${glob.slice(0, first)}`;
    }
    const suffix = glob.slice(Math.max(glob.lastIndexOf("*"), glob.lastIndexOf("?")) + 1);
    if (suffix === "") return undefined;
    this.#suffixLengths.add(suffix.length);
    return `namespace $ ${suffix}`;
  }

  *#lookups({ namespace, namespaceLabels, labels, type, operation }: Subject): Iterable<string> {
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
    yield* labelLookups("object", labels);
    yield* labelLookups("namespace", namespaceLabels);
  }
}

type Whose = "object" | "namespace";

/** Terms for labels of which a selector needs one; undefined where it needs none. */
function labelTerms(whose: Whose, selector: LabelSelector | undefined): readonly string[] | undefined {
  const [wanted] = Object.entries(selector?.matchLabels ?? {});
  if (wanted !== undefined) return [`${whose} ${wanted[0]} = ${wanted[1]}`];
  const expressions = selector?.matchExpressions ?? [];
  const among = expressions.find(({ operator }) => operator === "In");
  if (among !== undefined) return (among.values ?? []).map((value) => `${whose} ${among.key} = ${value}`);
  const present = expressions.find(({ operator }) => operator === "Exists");
  return present === undefined ? undefined : [`${whose} ${present.key}`];
}

function* labelLookups(whose: Whose, labels: Labels): Iterable<string> {
  for (const [key, value] of Object.entries(labels)) {
    yield `${whose} ${key}`;
    yield `${whose} ${key} = ${value}`;
  }
}
