import { inspect } from "node:util";
import {
  type Connection,
  LogMessageNotification,
  MessageType,
  ShowMessageNotification,
} from "vscode-languageserver/node";

/** Says what happens: bugs on standard error and in the editor's log, everything else to the editor. */
export class Log {
  readonly #connection: Connection;
  readonly #warnings = new Set<string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Something that should not be. It ends nothing: the next request may go well. */
  readonly bug = (error: unknown): void => {
    const text = `${inspect(error)}\nthis is a bug in fairlead: please report it with the lines above`;
    process.stderr.write(`fairlead lsp: ${text}\n`);
    // It may be the connection itself that is broken.
    this.#connection
      .sendNotification(LogMessageNotification.type, { type: MessageType.Error, message: text })
      .catch(() => undefined);
  };

  /** For people: a message that the editor shows, or a line of its log. */
  readonly tell = (severity: "error" | "info", message: string): void => {
    if (severity === "error") this.show(MessageType.Error, message);
    else this.#connection.console.info(message);
  };

  /** A message that the editor shows, and once only: many folders may have the same reason for it. */
  readonly warnOnce = (message: string): void => {
    if (this.#warnings.has(message)) return;
    this.#warnings.add(message);
    this.show(MessageType.Warning, message);
  };

  /** A message that the editor shows, and that nobody has to answer. */
  show(type: MessageType, message: string): void {
    this.#connection
      .sendNotification(ShowMessageNotification.type, { type, message: `Fairlead: ${message}` })
      .catch(this.bug);
  }
}
