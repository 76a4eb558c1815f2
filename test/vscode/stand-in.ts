import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What the test asks of an extension that runs in the stand-in. */
export interface Recorded {
  /** The commands that were registered. */
  readonly commands: string[];
  /** What users are shown as a message, and what the log says of errors. */
  readonly complaints: string[];
  /** The messages of the last diagnostics of the manifest. */
  diagnostics: string[];
}

/** A thing that VS Code has and that the test does not ask about: it can be called, made and looked into, and is nothing. */
function anything(known: object = {}): object {
  const parts = new Map<string, object>();
  // The client extends some of them, and calls others.
  const target = Object.assign(function (): object {
    return { dispose: () => undefined };
  }, known);
  return new Proxy(target, {
    get(_, key): unknown {
      if (Reflect.has(target, key) || typeof key === "symbol" || key === "then") return Reflect.get(target, key);
      const part = parts.get(key) ?? anything();
      parts.set(key, part);
      return part;
    },
    // What is made has the methods of the class that extends this.
    construct(_target, _args, made: { readonly prototype: object }): object {
      const object = {};
      Object.setPrototypeOf(object, made.prototype);
      return object;
    },
  });
}

class Kind {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  append(part: string): Kind {
    return new Kind(this.value === "" ? part : `${this.value}.${part}`);
  }
}

class Emitter {
  readonly #listeners = new Set<(event: unknown) => void>();

  readonly event = (listener: (event: unknown) => void): object => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: unknown): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** Nothing is cancelled here. */
class TokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: new Emitter().event };

  cancel(): void {
    this.token.isCancellationRequested = true;
  }

  dispose(): void {
    this.cancel();
  }
}

class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
}

class Diagnostic {
  readonly range: Range;
  readonly message: string;

  constructor(range: Range, message: string) {
    this.range = range;
    this.message = message;
  }
}

function uri(text: string): object {
  const { protocol } = new URL(text);
  return {
    scheme: protocol.slice(0, -1),
    fsPath: protocol === "file:" ? fileURLToPath(text) : "",
    toString: () => text,
  };
}

/** VS Code's API as far as the extension and its client need it, and what they did with it. */
export class StandIn {
  readonly recorded: Recorded = { commands: [], complaints: [], diagnostics: [] };
  readonly api: object;
  readonly #configuration = new Emitter();
  #settings: Readonly<Record<string, unknown>>;
  #changed: () => void = () => undefined;

  /** @param folder the folder of the workspace, in which the manifest `service.yaml` is open with the text */
  constructor(folder: string, text: string, settings: Readonly<Record<string, unknown>>) {
    this.#settings = settings;
    const document = {
      uri: uri(pathToFileURL(join(folder, "service.yaml")).href),
      languageId: "yaml",
      version: 1,
      getText: () => text,
    };
    const complain = (...texts: readonly unknown[]): Promise<undefined> => {
      this.recorded.complaints.push(texts.map(String).join(" "));
      return Promise.resolve(undefined);
    };
    const nothing = (): object => ({ dispose: () => undefined });
    const configuration = {
      get: (key: string, otherwise: unknown) => this.#settings[key] ?? otherwise,
      has: (key: string) => Object.hasOwn(this.#settings, key),
      inspect: () => undefined,
    };
    this.api = anything({
      version: "1.110.0",
      env: anything({ language: "en", appName: "stand-in" }),
      Position,
      Range,
      Diagnostic,
      EventEmitter: Emitter,
      CancellationTokenSource: TokenSource,
      CodeActionKind: anything({ Empty: new Kind("") }),
      Uri: anything({ parse: uri, file: (path: string) => uri(pathToFileURL(path).href) }),
      commands: anything({
        registerCommand: (name: string) => {
          this.recorded.commands.push(name);
          return nothing();
        },
      }),
      languages: anything({
        match: () => 10,
        createDiagnosticCollection: () => ({
          ...nothing(),
          set: (_uri: unknown, found: readonly Diagnostic[] = []) => {
            this.recorded.diagnostics = found.map(({ message }) => message);
            this.#changed();
          },
          delete: () => undefined,
          clear: () => undefined,
        }),
      }),
      window: anything({
        tabGroups: anything({ all: [] }),
        visibleTextEditors: [],
        activeTextEditor: undefined,
        createOutputChannel: () => anything({ logLevel: 2, error: complain }),
        showErrorMessage: complain,
        showWarningMessage: complain,
      }),
      workspace: anything({
        isTrusted: true,
        workspaceFolders: [{ uri: uri(pathToFileURL(folder).href), name: "stand-in", index: 0 }],
        textDocuments: [document],
        notebookDocuments: [],
        createFileSystemWatcher: () => ({
          ...nothing(),
          onDidCreate: nothing,
          onDidChange: nothing,
          onDidDelete: nothing,
        }),
        // The client asks for the whole section, for a folder.
        getConfiguration: (section?: string) =>
          section === "fairlead"
            ? configuration
            : { ...configuration, get: (key: string) => (key === "fairlead" ? this.#settings : undefined) },
        onDidChangeConfiguration: this.#configuration.event,
      }),
    });
  }

  /** Resolves with the first diagnostics that are as wanted. */
  async diagnostics(isWanted: (messages: readonly string[]) => boolean): Promise<readonly string[]> {
    while (!isWanted(this.recorded.diagnostics)) await new Promise<void>((resolve) => (this.#changed = resolve));
    return this.recorded.diagnostics;
  }

  /** Changes settings as a user does. */
  set(settings: Readonly<Record<string, unknown>>): void {
    this.#settings = { ...this.#settings, ...settings };
    const affectsConfiguration = (section: string): boolean =>
      section === "fairlead" || Object.keys(settings).some((key) => section === `fairlead.${key}`);
    this.#configuration.fire({ affectsConfiguration });
  }
}
