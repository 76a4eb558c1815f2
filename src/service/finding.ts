import type { Path } from "../field/path.ts";
import type { Code } from "./rules.ts";

export type { Code };

/** The reasons of a cause, as the API server spells them. */
export type Reason =
  | "FieldValueRequired"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueTooLong"
  | "InternalError";

/** What a finding's sentence may need beside the value found. */
export interface Facts {
  /** The bounds, both included. */
  readonly min?: number;
  readonly max?: number;
  /** The values that would be right. */
  readonly allowed?: readonly string[];
  /** The value or field that it clashes with. */
  readonly other?: string;
  /** The Service's type. */
  readonly type?: string;
  /** The JSON type or the text that is wanted. */
  readonly want?: string;
  /** The fields that the object has, for a "did you mean". */
  readonly known?: readonly string[];
  /** What an address is reserved for. */
  readonly use?: string;
  /** What a name starts with in this version. */
  readonly startsWith?: string;
  /** Why a field has no effect. */
  readonly because?: string;
}

/**
 * What was found out about one value: a fact, without a sentence. `code` says which fact; the sentence, the fix and
 * the server's name for it are in the table of `rules.ts`, read with `describe`.
 */
export interface Finding {
  readonly code: Code;
  /** Where the value stands in the user's own text. */
  readonly path: Path;
  /** Where the server reports it, if the user wrote the value at another place. */
  readonly reported?: Path;
  /** The value that was found there; undefined where it is missing. */
  readonly found?: unknown;
  readonly facts?: Facts;
  /** How many more there are of the code, which are not told one by one. */
  readonly more?: number;
  /** Whether these are not all: with so many the rest was not looked for. */
  readonly orMore?: true;
}

/** A finding in words. */
export interface Description {
  readonly code: Code;
  /** The API server's name for the place, its quirks included: `spec.LoadBalancerSourceRanges[0]`. */
  readonly field: string;
  /** The API server's reason; undefined for a decoding error (400) and for a warning, which have none. */
  readonly reason: Reason | undefined;
  /** What is wrong, what was found, what would be right. */
  readonly message: string;
  /** What to change, where that is plain. */
  readonly fix: string | undefined;
}
