import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
} from "vscode-languageserver/node";
import { isObject } from "../../field/index.ts";
import {
  type ClientSettings,
  clientSettingsOf,
  fairleadSection,
  hasFairleadSection,
  settingProblems,
} from "../projects/index.ts";
import { pathOf, uriOf } from "../session/index.ts";

/** Manifests and settings, and where git keeps what commits, branches and tags are. */
const WATCHED = [
  "**/*.{yaml,yml,json}",
  "**/Kustomization",
  "**/.git/HEAD",
  "**/.git/packed-refs",
  "**/.git/refs/{heads,remotes,tags}/**",
];

/** What the server has to know of an editor. */
export class Client {
  readonly #connection: Connection;
  readonly #capabilities: ClientCapabilities;
  readonly #initial: unknown;
  /** Settings that the editor sends by itself. */
  #pushed: unknown = {};
  /** Those of them that are certainly meant for this server: an editor may send the settings of all. */
  #pushedForFairlead: unknown = {};
  /** The folders that were open at the start. */
  readonly folders: readonly string[];

  constructor(connection: Connection, { capabilities, initializationOptions, ...params }: InitializeParams) {
    this.#connection = connection;
    this.#capabilities = capabilities;
    this.#initial = fairleadSection(initializationOptions);
    // Deprecated, and all that some editors send.
    const root: unknown = Reflect.get(params, "rootUri");
    const uris = params.workspaceFolders?.map(({ uri }) => uri) ?? [root].filter((uri) => typeof uri === "string");
    this.folders = uris.map(pathOf).filter((folder) => folder !== undefined);
  }

  /** Whether edits can name the version of the text that they are for. */
  get takesVersionedEdits(): boolean {
    return this.#capabilities.workspace?.workspaceEdit?.documentChanges === true;
  }

  /** Whether the editor has said that its own code shows what the command for stored Services returns. */
  get showsStored(): boolean {
    return isObject(this.#initial) && this.#initial["showsStored"] === true;
  }

  get canOpenDocuments(): boolean {
    return this.#capabilities.window?.showDocument?.support === true;
  }

  get canRefreshHints(): boolean {
    return this.#capabilities.workspace?.inlayHint?.refreshSupport === true;
  }

  get canRefreshLenses(): boolean {
    return this.#capabilities.workspace?.codeLens?.refreshSupport === true;
  }

  get tellsOfFolders(): boolean {
    return this.#capabilities.workspace?.workspaceFolders === true;
  }

  /** Takes settings that the editor sends by itself. */
  setSettings(settings: unknown): void {
    this.#pushed = fairleadSection(settings);
    this.#pushedForFairlead = hasFairleadSection(settings) ? settings.fairlead : {};
  }

  /** The user's settings for a folder. @param onProblem called with each setting that is not used, and why */
  async settingsFor(folder: string, onProblem: (problem: string) => void): Promise<ClientSettings> {
    const pulled: unknown =
      this.#capabilities.workspace?.configuration === true
        ? await this.#connection.workspace.getConfiguration({ scopeUri: uriOf(folder), section: "fairlead" })
        : undefined;
    for (const settings of [this.#initial, this.#pushedForFairlead, pulled])
      for (const problem of settingProblems(settings)) onProblem(problem);
    return clientSettingsOf({ ...objectOf(this.#initial), ...objectOf(this.#pushed), ...objectOf(pulled) });
  }

  /** Asks to be told of changes of settings and of files, if the editor can do that. */
  async watch(): Promise<void> {
    const { workspace } = this.#capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: "fairlead" });
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

function objectOf(value: unknown): object {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) : {};
}
