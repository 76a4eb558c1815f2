import type { Judgement } from "../../engine/index.ts";
import { type JsonObject, withoutUndefined } from "../../field/index.ts";
import type { CheckedService, LocatedFinding } from "../model/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import type { Identity } from "../before/index.ts";
import type { Edit } from "../edits/index.ts";
import type { LocatedClaim } from "../claims/index.ts";
import type { Subject } from "./finding-content.ts";

/** A checked Service with its manifest and the object as admitted. */
export interface JudgedService extends CheckedService {
  /** The manifest as JSON values. */
  readonly manifest: unknown;
  readonly admitted?: Service;
}

/** A judged manifest, for reports that show Services. @param isApplied whether the apply reaches the API server */
export function judgedService(
  manifest: unknown,
  subject: Subject,
  { stored, admitted, allocated }: Judgement,
  {
    file,
    old,
    isApplied,
  }: { readonly file: string; readonly old: JsonObject | undefined; readonly isApplied: boolean },
): JudgedService {
  const { document, lines, keys, identity } = subject;
  const range = document.rangeOf(keys, "value") ?? document.range;
  return {
    file,
    region: lines.region(range),
    ...identity,
    text: lines.text.slice(range.start, range.end),
    allocated,
    manifest,
    ...withoutUndefined({ stored: isApplied ? stored : undefined, admitted, old }),
  };
}

/** One result of the examination of a text; results come in the order of the text. */
export type ExaminationResult =
  | { readonly type: "finding"; readonly finding: LocatedFinding; readonly edit?: Edit }
  | {
      readonly type: "service";
      readonly identity: Identity;
      /** Where its manifest is in the document. */
      readonly keys: KeyPath;
      readonly claims: readonly LocatedClaim[];
      /** Whether the ranges of the cluster are not known, and the answer for this Service depends on them. */
      readonly dependsOnUnknownRanges: boolean;
      /** Whether the previous state is given and does not have it. */
      readonly isNew: boolean;
      readonly judged?: JudgedService;
    }
  /** A finding over the limit that applies to each file. */
  | { readonly type: "over-limit"; readonly edit?: Edit }
  /** A document of another kind. */
  | { readonly type: "other" }
  /** A document that is no Kubernetes object. */
  | { readonly type: "none" }
  /** A file, or a document of it, that was found in a folder and is not judged. */
  | { readonly type: "skipped"; readonly reason: "template" | "patch" | "no-manifest" }
  /** A document (or the whole text) that cannot be read: a finding before this result gives the reason. */
  | { readonly type: "unusable" };

/** A result that is no finding. */
export type DocumentResult = Exclude<ExaminationResult, { readonly type: "finding" | "over-limit" }>;
