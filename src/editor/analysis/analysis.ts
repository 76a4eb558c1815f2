import type { ClaimOwners, ClaimSet, EarlierOwner } from "../../examine/claims/index.ts";
import type { Context } from "../../examine/findings/index.ts";
import type { JsonObject } from "../../field/index.ts";
import type { WorkloadEntry } from "../../inventory/model/index.ts";
import type { Service } from "../../service/schema/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import type { Diagnostic } from "../model/index.ts";
import type { PlacedPart } from "./part.ts";

/** A Service of a document, with what becomes of it. */
export interface AnalysedService {
  /** Where its manifest is in the document: the root, except in a List. */
  readonly keys: KeyPath;
  readonly range: TextRange;
  readonly namespace: string;
  readonly name: string;
  readonly manifest: unknown;
  /** The Service as mutating admission leaves it; absent if it cannot be decoded. */
  readonly admitted?: Service;
  /** The Service as it would be stored; absent if it is refused. */
  readonly stored?: Service;
  /** JSON pointers of the values in `stored` that the server allocates. */
  readonly allocated: readonly string[];
  /** The Service before the change; absent for a new one. */
  readonly old?: JsonObject;
}

/** A document of the text. */
export interface AnalysedDocument {
  readonly range: TextRange;
  /** Its value; undefined if it cannot be read. */
  readonly value: unknown;
  readonly services: readonly AnalysedService[];
  /** Where a key or a value is in the whole text; undefined if the text does not have it. */
  rangeOf(keys: KeyPath, what: "key" | "value"): TextRange | undefined;
}

/** With what the Services of a file can conflict. An object of this type stands for one state of its surroundings. */
export interface ClaimsAround {
  /** The sets of manifests that the file belongs to. */
  readonly sets: readonly ClaimSet[];
  /** What files before this one claim. */
  readonly earlier?: EarlierOwner;
}

/** All that is known of a text, in the order of the text. */
export interface Analysis {
  readonly text: string;
  /** The file's name as the user knows it. */
  readonly file: string;
  readonly context: Context;
  readonly around: ClaimsAround;
  /** What the text consists of, for the analysis of the next text. */
  readonly parts: readonly PlacedPart[];
  readonly documents: readonly AnalysedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** What makes Pods around the text, where somebody has looked: completions of target ports name their ports. */
  readonly workloads?: readonly WorkloadEntry[];
  /** What the Services of the text claim, for the files behind this one. */
  readonly owners: ClaimOwners;
}
