import { inspect } from "node:util";
import type { Connection } from "vscode-languageserver/node";

/** Says what happens: bugs on standard error and in the editor's log, everything else to the editor. */
export class Log {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Something that should not be. It ends nothing: the next request may go well. */
  readonly bug = (error: unknown): void => {
    const text = `${inspect(error)}\nthis is a bug in fairlead: please report it with the lines above`;
    process.stderr.write(`fairlead lsp: ${text}\n`);
    this.#connection.console.error(text);
  };

  /** For people: a message that the editor shows, or a line of its log. */
  readonly tell = (severity: "error" | "info", message: string): void => {
    if (severity === "error") this.#connection.window.showErrorMessage(`Fairlead: ${message}`);
    else this.#connection.console.info(message);
  };
}
