import { existsSync } from "node:fs";
import { join } from "node:path";
import { readSource } from "../../files/index.ts";
import { Lines, type Region } from "../../text/document/index.ts";
import { resourceFiles } from "./kustomization.ts";
import type { Kustomizations } from "../layout/index.ts";
import type { RenderTarget } from "./targets.ts";

/** A place in a template or in a base's file. */
export interface Origin {
  readonly file: string;
  readonly region: Region;
  /** The lines of the file. */
  readonly lines: Lines;
}

const SOURCE = /^# Source: (.+)$/;

/**
 * Finds the place in a chart's template or in an overlay's files that a place in the rendered text comes from. Helm names
 * the template of each document in a comment `# Source:`; kustomize names none, so there the line must be the only one
 * with its text in all files. Files are read once.
 */
export class Origins {
  readonly #target: RenderTarget;
  readonly #rendered: Lines;
  readonly #kustomizations: Kustomizations;
  readonly #texts = new Map<string, Lines>();
  #overlayFiles: readonly string[] | undefined;

  constructor(target: RenderTarget, rendered: Lines, kustomizations: Kustomizations) {
    this.#target = target;
    this.#rendered = rendered;
    this.#kustomizations = kustomizations;
  }

  /**
   * The origin of a region of the rendered text: the one line with the text of the region's first line, or else the
   * first line of the template. Undefined if the file is not known.
   */
  find(region: Region): Origin | undefined {
    const files = this.#filesOf(region.startLine);
    const places = files.flatMap((file) => {
      const lines = this.#linesOf(file);
      return regionsIn(lines, region, this.#rendered).map((at) => ({ file, region: at, lines }));
    });
    const [place, ...others] = places;
    if (place !== undefined && others.length === 0) return place;
    const [file] = files;
    if (file === undefined || files.length > 1) return undefined;
    return { file, region: FIRST_LINE, lines: this.#linesOf(file) };
  }

  /** The files that a line of the rendered text may come from. */
  #filesOf(line: number): readonly string[] {
    if (this.#target.type === "overlay") {
      return (this.#overlayFiles ??= resourceFiles(this.#target.folder, this.#kustomizations));
    }
    const template = this.#templateOf(line);
    return template === undefined ? [] : [template];
  }

  #templateOf(line: number): string | undefined {
    for (let before = line; before >= 1; before--) {
      const [text = ""] = this.#rendered.slice(before, before);
      const source = SOURCE.exec(text)?.[1];
      if (source !== undefined) return this.#pathOf(source);
      if (text === "---" && before !== line) return undefined;
    }
    return undefined;
  }

  /** `shop/templates/service.yaml` begins with the chart's name, which may differ from the folder's. */
  #pathOf(source: string): string | undefined {
    const inChart = source.slice(source.indexOf("/") + 1).trimEnd();
    const path = join(this.#target.folder, inChart);
    return existsSync(path) ? path : undefined;
  }

  #linesOf(file: string): Lines {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const source = readSource(file);
    const lines = new Lines("text" in source ? source.text : "");
    this.#texts.set(file, lines);
    return lines;
  }
}

const FIRST_LINE: Region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** The regions in lines with the text of the region's first line; their indentation may differ. */
function regionsIn(lines: Lines, region: Region, rendered: Lines): Region[] {
  const [text = ""] = rendered.slice(region.startLine, region.startLine);
  const wanted = text.trim();
  if (wanted === "") return [];
  const endColumn = region.endLine === region.startLine ? region.endColumn : text.length + 1;
  return lines.slice(1, Number.POSITIVE_INFINITY).flatMap((line, index) => {
    if (line.trim() !== wanted) return [];
    const shift = indentOf(line) - indentOf(text);
    return {
      startLine: index + 1,
      startColumn: region.startColumn + shift,
      endLine: index + 1,
      endColumn: endColumn + shift,
    };
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
