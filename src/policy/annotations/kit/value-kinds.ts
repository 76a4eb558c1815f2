/** The kinds of values that readers of annotations expect: data, so that a table of annotations holds no code. */
export type ValueKind =
  /** Anything: names, paths, identifiers, formats of a reader's own. */
  | { readonly is: "text" }
  /**
   * A boolean. `go`: what Go's strconv.ParseBool accepts; `exact`: `true` or `false`; `any-case`: the same in any case.
   */
  | { readonly is: "boolean"; readonly spelled: "go" | "exact" | "any-case" }
  /** One of some words. `others`: words that readers accept as well, but that are not recommended. */
  | {
      readonly is: "word";
      readonly words: readonly string[];
      readonly others?: readonly string[];
      readonly anyCase?: true;
    }
  | { readonly is: "integer"; readonly least?: number; readonly most?: number }
  /** A duration of Go, such as 10s or 1m30s; `orSeconds`: or a whole number of seconds. */
  | { readonly is: "duration"; readonly orSeconds?: true }
  /** A list, separated by commas. `orAll`: or true, false, or an asterisk for all. */
  | { readonly is: "list"; readonly of: ItemKind; readonly orAll?: true; readonly withoutBlanks?: true }
  /** A list of key=value, separated by commas. `bareKeys`: keys may lack a value. */
  | { readonly is: "pairs"; readonly bareKeys?: true }
  | { readonly is: "json" }
  /** The name of an object: a DNS subdomain. */
  | { readonly is: "object-name" };

/** The kinds of items in a list. */
export type ItemKind = "ip" | "ipv4" | "ipv6" | "cidr" | "port";

export const TEXT = { is: "text" } as const satisfies ValueKind;
export const GO_BOOLEAN = { is: "boolean", spelled: "go" } as const satisfies ValueKind;
export const EXACT_BOOLEAN = { is: "boolean", spelled: "exact" } as const satisfies ValueKind;
export const ANY_CASE_BOOLEAN = { is: "boolean", spelled: "any-case" } as const satisfies ValueKind;
export const INTEGER = { is: "integer" } as const satisfies ValueKind;
export const PORT = { is: "integer", least: 1, most: 65535 } as const satisfies ValueKind;
export const DURATION = { is: "duration" } as const satisfies ValueKind;
export const PAIRS = { is: "pairs" } as const satisfies ValueKind;
export const PAIRS_OR_KEYS = { is: "pairs", bareKeys: true } as const satisfies ValueKind;
export const OBJECT_NAME = { is: "object-name" } as const satisfies ValueKind;
export const JSON_TEXT = { is: "json" } as const satisfies ValueKind;

/** One of these words. */
export function word(...words: readonly string[]): ValueKind {
  return { is: "word", words };
}

/** One of these words, in any case. */
export function wordInAnyCase(...words: readonly string[]): ValueKind {
  return { is: "word", words, anyCase: true };
}

/** A list of these, separated by commas. */
export function list(of: ItemKind): ValueKind {
  return { is: "list", of };
}
