import type { Path } from "../field/path.ts";

/** The reasons of a cause, as the API server spells them. */
export type Reason =
  | "FieldValueRequired"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueTooLong"
  | "InternalError";

/**
 * What was found out about one value: a fact, without a sentence. `code` says which fact; the sentence, the fix and
 * the server's name for it are in the table of `rules.ts`, read with `describe`.
 */
export interface Finding {
  readonly code: string;
  /** Where the value stands in the user's own text. */
  readonly path: Path;
  /** The value that was found there; undefined where it is missing. */
  readonly found?: unknown;
  /** What else the sentence needs: bounds, allowed values, the other field. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A finding in words. */
export interface Description {
  readonly code: string;
  /** The API server's name for the place, its quirks included: `spec.LoadBalancerSourceRanges[0]`. */
  readonly field: string;
  /** The API server's reason; undefined for a decoding error (400) and for a warning, which have none. */
  readonly reason: Reason | undefined;
  /** What is wrong, what was found, what would be right. */
  readonly message: string;
  /** What to change, where that is plain. */
  readonly fix: string | undefined;
}
