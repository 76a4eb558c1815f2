import type { CodeLens, ExecuteCommandParams, InlayHint, Range } from "vscode-languageserver/node";
import { hintsOf, lensesOf, servicesOf, storedText } from "../../editor/stored/index.ts";
import { isObject } from "../../field/index.ts";
import type { Analysed } from "../session/index.ts";
import { offsetsOf, shownHint } from "../show/index.ts";

/**
 * The command that shows a Service as it would be stored. Its arguments: the document's URI, and which Service, as one of these:
 * its position among those of the text, from 0; a place in it (`line` and `character`); or, for a lens, its position with its
 * `namespace` and `name`, so that a lens of an older text shows no other Service. By default, it is the first one.
 */
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
    const { title, service, namespace, name } = lens;
    return {
      range: { start, end: start },
      command: { title, command: SHOW_STORED, arguments: [document.uri, { service, namespace, name }] },
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

/** The position of the Service that the command asks for; -1 if there is none. */
function serviceOf({ analysis, document }: Analysed, asked: unknown): number {
  if (typeof asked === "number") return asked;
  if (!isObject(asked)) return 0;
  const { service, namespace, name, line, character } = asked;
  const services = servicesOf(analysis);
  if (typeof service === "number") {
    const isAsked = (one: (typeof services)[number] | undefined): boolean =>
      one !== undefined && one.namespace === namespace && one.name === name;
    // One of the same name may be in the text more than once.
    return isAsked(services[service]) ? service : services.findIndex(isAsked);
  }
  if (typeof line !== "number" || typeof character !== "number") return 0;
  const offset = document.offsetAt({ line, character });
  return services.findIndex(({ range: { start, end } }) => start <= offset && offset <= end);
}
