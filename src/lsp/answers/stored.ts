import type { CodeLens, ExecuteCommandParams, InlayHint, Range } from "vscode-languageserver/node";
import { hintsOf, lensesOf, servicesOf, storedText } from "../../editor/stored/index.ts";
import { isObject } from "../../field/index.ts";
import type { Analysed } from "../session/index.ts";
import { offsetsOf, shownHint } from "../show/index.ts";

/** The command that shows a Service as it would be stored. Its arguments: the document's URI, and a Service or a position. */
export const SHOW_STORED = "fairlead.showStored";

/** A Service as it would be stored, with its name. */
export interface StoredService {
  readonly name: string;
  readonly text: string;
}

/** Above each Service, what would be stored in a few words; all of it by a command. */
export function lensesFor({ analysis, document }: Analysed): CodeLens[] {
  return lensesOf(analysis).map((lens) => {
    const start = document.positionAt(lens.start);
    return {
      range: { start, end: start },
      command: { title: lens.title, command: SHOW_STORED, arguments: [document.uri, lens.service] },
    };
  });
}

/** The defaults that a Service gets, if the user wants to see them. */
export function hintsFor({ analysis, document, state }: Analysed, range: Range): InlayHint[] {
  if (!state.client.inlayHints) return [];
  return hintsOf(analysis, offsetsOf(document, range)).map((hint) => shownHint(hint, document));
}

/** The document that a command is about; undefined if it is none of this server's commands. */
export function documentOf({ command, arguments: args = [] }: ExecuteCommandParams): string | undefined {
  const uri: unknown = args[0];
  return command === SHOW_STORED && typeof uri === "string" ? uri : undefined;
}

/** The Service that the command asks for; undefined if there is none, or it is refused. */
export function storedFor(
  analysed: Analysed,
  { arguments: args = [] }: ExecuteCommandParams,
): StoredService | undefined {
  const { analysis } = analysed;
  const index = serviceOf(analysed, args[1]);
  const service = servicesOf(analysis)[index];
  const text = storedText(analysis, index);
  return service === undefined || text === undefined
    ? undefined
    : { name: `${service.namespace}-${service.name}`, text };
}

/** @param asked the Service's position among those of the text, or a place in it; the first one by default */
function serviceOf({ analysis, document }: Analysed, asked: unknown): number {
  if (typeof asked === "number") return asked;
  if (!isObject(asked)) return 0;
  const { line, character } = asked;
  if (typeof line !== "number" || typeof character !== "number") return 0;
  const offset = document.offsetAt({ line, character });
  return servicesOf(analysis).findIndex(({ range: { start, end } }) => start <= offset && offset <= end);
}
