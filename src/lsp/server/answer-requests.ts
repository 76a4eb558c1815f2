import {
  type Connection,
  ErrorCodes,
  type ExecuteCommandParams,
  MessageType,
  ResponseError,
  type TextDocuments,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { hoverAt } from "../../editor/hover/index.ts";
import {
  codeActionsFor,
  completionsFor,
  definitionsAt,
  documentOf,
  hintsFor,
  lensesFor,
  storedFor,
} from "../answers/index.ts";
import { type Analysed, type Session, uriOf } from "../session/index.ts";
import { shownHover } from "../show/index.ts";
import type { StoredFiles } from "../stored/index.ts";
import type { Client } from "./client.ts";
import type { Log } from "./log.ts";

/** Who and what answers need. */
export interface Answering {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: TextDocuments<TextDocument>;
  readonly session: Session;
  readonly stored: StoredFiles;
  /** The document of a file that is open in the editor. */
  readonly openDocument: (file: string) => TextDocument | undefined;
  readonly log: Log;
  /** Aborted once the editor has shut the server down: then there are no answers any more. */
  readonly ended: AbortSignal;
}

const NOTHING_STORED = "nothing would be stored: there is no Service here, or the API server refuses it";

/** Answers what the editor asks about documents. About those that are left alone, there is nothing to say. */
export function answerRequests(answering: Answering): void {
  const { connection, client, openDocument } = answering;
  /** The answer about the document that a request names. */
  const about =
    <Params extends { readonly textDocument: { readonly uri: string } }, Answer>(
      answer: (analysed: Analysed, params: Params) => Answer | Promise<Answer>,
    ) =>
    (params: Params): Promise<Answer | null> =>
      answered(
        () => params.textDocument.uri,
        (analysed) => answer(analysed, params),
        answering,
      );
  connection.onCodeAction(about((analysed, params) => codeActionsFor(analysed, params, client.takesVersionedEdits)));
  connection.onHover(
    about(({ analysis, document }, { position }) => {
      const hover = hoverAt(analysis, document.offsetAt(position));
      return hover === undefined ? null : shownHover(hover, document);
    }),
  );
  connection.onCompletion(about((analysed, { position }) => completionsFor(analysed, position)));
  connection.onDefinition(about((analysed, { position }) => definitionsAt(analysed, position, openDocument)));
  connection.onCodeLens(about(lensesFor));
  connection.languages.inlayHint.on(about((analysed, { range }) => hintsFor(analysed, range)));
  connection.onExecuteCommand((params) => execute(params, answering));
}

/** The answer about a document as it is now. A bug is logged, and this one request fails. */
async function answered<Answer>(
  uri: () => string,
  answer: (analysed: Analysed) => Answer | Promise<Answer>,
  { documents, session, log, ended }: Answering,
): Promise<Answer | null> {
  if (ended.aborted) throw new ResponseError(ErrorCodes.InvalidRequest, "the server has been shut down");
  try {
    // Whatever the editor has sent instead of a document.
    const document = documents.get(uri());
    const analysed = document === undefined ? undefined : await session.analysed(document);
    return analysed === undefined ? null : await answer(analysed);
  } catch (error) {
    log.bug(error);
    throw new ResponseError(ErrorCodes.InternalError, "this is a bug in fairlead: its log says more");
  }
}

/** Runs a command of the editor's user. @returns what would be stored, for editors that show it by themselves */
function execute(params: ExecuteCommandParams, answering: Answering): Promise<string | null> {
  const uri = documentOf(params);
  if (uri === undefined)
    throw new ResponseError(ErrorCodes.InvalidParams, `${params.command} is not a command of fairlead`);
  const { client, connection, stored, log } = answering;
  return answered(
    () => uri,
    async (analysed) => {
      const service = storedFor(analysed, params);
      if (service === undefined) log.show(MessageType.Info, NOTHING_STORED);
      else if (client.canOpenDocuments && !client.showsStored) {
        const file = stored.write(service.name, service.text);
        await connection.window.showDocument({ uri: uriOf(file), takeFocus: true });
      } else if (!client.showsStored) log.show(MessageType.Info, service.text);
      return service?.text ?? null;
    },
    answering,
  );
}
