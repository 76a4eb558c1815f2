import { type Connection, ErrorCodes, ResponseError, type TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { codeActionsFor, definitionsAt } from "../answers/index.ts";
import type { Analysed, Session } from "../session/index.ts";
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
  readonly openText: (file: string) => string | undefined;
  readonly log: Log;
}

/** Answers what the editor asks about documents. About those that are left alone, there is nothing to say. */
export function answerRequests({ connection, client, documents, session, openText, log }: Answering): void {
  /** The answer about a document as it is now; a bug is logged, and this one request fails. */
  const about = <Params extends { readonly textDocument: { readonly uri: string } }, Answer>(
    answer: (analysed: Analysed, params: Params) => Answer | Promise<Answer>,
  ) => {
    return async (params: Params): Promise<Answer | null> => {
      try {
        const document = documents.get(params.textDocument.uri);
        const analysed = document === undefined ? undefined : await session.analysed(document);
        return analysed === undefined ? null : await answer(analysed, params);
      } catch (error) {
        log.bug(error);
        throw new ResponseError(ErrorCodes.InternalError, "this is a bug in fairlead: its log says more");
      }
    };
  };
  connection.onCodeAction(about((analysed, params) => codeActionsFor(analysed, params, client.takesVersionedEdits)));
  connection.onDefinition(about((analysed, { position }) => definitionsAt(analysed, position, openText)));
}
