import type { Reason } from "../schema/index.ts";

/** What an evaluation of a policy says about one of its expressions. */
export interface Verdict {
  /**
   * `denied`: a validation is false; `failed`: an expression failed, and the policy has it count; `undetermined`: it depends on
   * what is not known here.
   */
  readonly kind: "denied" | "failed" | "undetermined";
  /** The index of the validation; undefined for what concerns the policy as a whole, such as its match conditions. */
  readonly index: number | undefined;
  /** The key of the audit annotation whose expression it is about. */
  readonly annotation?: string | undefined;
  /** In the words of the API server. */
  readonly message: string;
  readonly reason?: Reason | undefined;
}

/** A value for the audit log. */
export interface AuditValue {
  readonly key: string;
  readonly value: string;
}

/** The outcome of an evaluation. */
export interface Outcome {
  readonly verdicts: readonly Verdict[];
  readonly auditValues: readonly AuditValue[];
}
