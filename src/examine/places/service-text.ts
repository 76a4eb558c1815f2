import { FILE_START, frameOf } from "./frame.ts";
import { regionOf } from "./finding-region.ts";
import type { CheckFinding } from "../model/index.ts";
import { type KeyPath, Lines, type Region, type TextDocument } from "../../text/document/index.ts";
import { readText } from "../../text/index.ts";

/** Where something is in a file, with the lines around it. */
export type Location = Pick<CheckFinding, "region" | "frame">;

/** The text of one Service, and where it is in its file. */
export interface LocatedText {
  readonly region: Region;
  /** Makes the text; called only if something is to be found in it. */
  readonly text: () => string;
}

/** The text of one Service, in which the values of its manifest are found. */
export class ServiceText {
  readonly #service: LocatedText;
  #read: { readonly lines: Lines; readonly document: TextDocument | undefined } | undefined;

  constructor(service: LocatedText) {
    this.#service = service;
  }

  /** Where the keys of the manifest lead to, or the nearest key above. */
  locate(keys: KeyPath, about: "key" | "value"): Location {
    const { startLine: first, startColumn } = this.#service.region;
    const { lines, document } = (this.#read ??= read(this.#service));
    const start = { ...FILE_START, startColumn, endColumn: startColumn };
    const region = document === undefined ? start : regionOf(document, lines, keys, about);
    const frame = frameOf(region, lines);
    const { startLine, endLine } = region;
    const above = first - 1;
    return {
      region: { ...region, startLine: startLine + above, endLine: endLine + above },
      frame: { ...frame, firstLine: frame.firstLine + above },
    };
  }
}

/** Reads the text; there is no document if it cannot be read on its own: an alias may lead to another part of the file. */
function read({ text, region }: LocatedText): { readonly lines: Lines; readonly document: TextDocument | undefined } {
  // The text of an item of a List lacks the indentation of its first line.
  const lines = new Lines(`${" ".repeat(region.startColumn - 1)}${text()}`);
  const [document] = readText(lines.text, { format: "auto" }).documents;
  return { lines, document: document?.problems.length === 0 ? document : undefined };
}
