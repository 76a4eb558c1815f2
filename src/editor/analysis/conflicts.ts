import {
  type ClaimOwners,
  Claims,
  conflictsOfFile,
  type LocatedClaim,
  type PossibleConflict,
} from "../../examine/claims/index.ts";
import type { DocumentResult } from "../../examine/findings/index.ts";
import type { Lines } from "../../text/document/index.ts";
import type { Diagnostic } from "../model/index.ts";
import type { ClaimsAround } from "./analysis.ts";
import { diagnosticOf } from "./diagnostic.ts";

/** The conflicts of the Services of a file: between each other, and with those of earlier files. */
export class Conflicts {
  readonly #file: string;
  readonly #around: ClaimsAround;
  readonly #claims: Claims;
  readonly #found: PossibleConflict[] = [];

  constructor(file: string, around: ClaimsAround) {
    this.#file = file;
    this.#around = around;
    this.#claims = new Claims(around.earlier);
  }

  /** What the file claims. */
  get owners(): ClaimOwners {
    return this.#claims.owners;
  }

  /** Adds a Service of the document that starts there. */
  add({ claims, identity }: Extract<DocumentResult, { type: "service" }>, lines: Lines, start: number): void {
    if (claims.length === 0) return;
    const placed = claims.map((claim) => shiftedClaim(claim, lines.region({ start, end: start })));
    this.#found.push(...this.#claims.add(placed, identity, this.#file, this.#around.sets));
  }

  /** The conflicts of all that was added. */
  all(lines: Lines): readonly Diagnostic[] {
    return conflictsOfFile(this.#found).map((conflict) => diagnosticOf(conflict, undefined, lines));
  }
}

/** The claim at its place in the text. The first line of a document need not begin at the start of a line. */
function shiftedClaim<C extends Pick<LocatedClaim, "region">>(
  claim: C,
  { startLine: line, startColumn: column }: LocatedClaim["region"],
): C {
  const { startLine, startColumn, endLine, endColumn } = claim.region;
  const region = {
    startLine: startLine + line - 1,
    startColumn: startColumn + (startLine === 1 ? column - 1 : 0),
    endLine: endLine + line - 1,
    endColumn: endColumn + (endLine === 1 ? column - 1 : 0),
  };
  return { ...claim, region };
}
