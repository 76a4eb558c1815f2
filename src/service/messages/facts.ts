/** The reasons of a cause, as the API server spells them. */
export type Reason =
  | "FieldValueRequired"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueTooLong"
  | "InternalError";

/** What the message of a finding may need beside the value found. */
export interface MessageFacts {
  /** The bounds, both inclusive. */
  readonly min?: number;
  readonly max?: number;
  /** The valid values. */
  readonly allowed?: readonly string[];
  /** The value or field that it conflicts with. */
  readonly other?: string;
  /** The type of the Service. */
  readonly type?: string;
  /** The expected JSON type or text. */
  readonly want?: string;
  /** The names of the known fields of the object, for a "did you mean". */
  readonly known?: readonly string[];
  /** Where a field belongs that is known, but not here: `the top level`, or the path of an object. */
  readonly place?: string;
  /** What a reserved address is reserved for. */
  readonly use?: string;
  /** What a name must start with in this Kubernetes version. */
  readonly startsWith?: string;
  /** Why a field has no effect. */
  readonly because?: string;
}
