import type { Path } from "./field/path.ts";
import type { AppliedDefault, Operation, PolicyFinding, PolicySet, RequestFacts, SkippedDefault } from "./policy/types.ts";
import type { ClusterProfile } from "./service/cluster.ts";
import type { Finding } from "./service/finding.ts";
import type { IPFamilyPolicy, Service } from "./service/types.ts";
import type { KubernetesVersion } from "./service/version.ts";

export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** One question: what becomes of this object? */
export interface JudgeRequest {
  readonly operation: Operation;
  /** The object as JSON values (numbers that JSON values cannot hold as `NumberText`); ignored for a delete. */
  readonly object: unknown;
  /** The stored object, before: for update, status and delete. */
  readonly oldObject?: unknown;
  /** A dry run looks neither whether a node port is in range nor whether it is free. */
  readonly dryRun: boolean;
  /** What unknown and duplicate fields do. */
  readonly fieldValidation: FieldValidation;
  /** Fields that the text named more than once, found by whoever read the text. */
  readonly duplicates?: readonly Path[];
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** The value for an absent `spec.ipFamilyPolicy` on create: `server` for the one that the server would pick itself. */
  readonly ipFamilyPolicy: "server" | IPFamilyPolicy;
  readonly policies: PolicySet;
  readonly facts: RequestFacts;
}

/** The API server's decision; `code` is the HTTP status of a refusal. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly code: 400 | 422 | 500 };

/** The answer. */
export interface Judgement {
  /** What the API server would say, policies aside. */
  readonly decision: Decision;
  /** The object as mutating admission sees it: decoded, with the static defaults. Absent if it cannot be decoded. */
  readonly defaulted?: Service;
  /** `defaulted` with what Fairlead fills in: `ipFamilyPolicy` on create, the policies' defaults. */
  readonly admitted?: Service;
  /** The object as it would be stored; values that the server picks are placeholders, named in `allocated`. Absent if refused. */
  readonly stored?: Service;
  /** JSON pointers of the values in `stored` that the server picks. */
  readonly allocated: readonly string[];
  /** Why it is refused: empty exactly if it is allowed. For code 400 these say what cannot be decoded. */
  readonly causes: readonly Finding[];
  /** What the API server would warn about. */
  readonly warnings: readonly Finding[];
  readonly policy: {
    readonly findings: readonly PolicyFinding[];
    readonly applied: readonly AppliedDefault[];
    readonly skipped: readonly SkippedDefault[];
  };
}

/**
 * Judges one request as the API server would, and as the policies do. Pure: no I/O, no clock.
 * @throws only on a bug.
 */
export declare function judge(request: JudgeRequest): Judgement;
