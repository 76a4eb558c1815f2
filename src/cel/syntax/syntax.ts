/** Which parts of the language are on, beside what always is; later versions of Kubernetes have them. */
export interface Syntax {
  /** `a.?b`, `a[?b]`, `[?a]`, `{?a: b}`, `optMap` and `optFlatMap`: since 1.28. */
  readonly optionals: boolean;
  /** The macros with two variables: since 1.32. */
  readonly twoVariables: boolean;
  /** The macro `sortBy`: since 1.34. */
  readonly sorting: boolean;
}
