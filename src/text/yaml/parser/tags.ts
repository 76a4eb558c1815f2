import { TextError } from "../../document/index.ts";
import { type Scanner, syntaxError, type TagToken } from "../scanner/index.ts";

const DEFAULT_TAGS: readonly (readonly [string, string])[] = [
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"],
];

/** What the handles of tags stand for in one document. */
export class Tags {
  #prefixes = new Map<string, string>();

  /** Reads the directives of a document. @throws {TextError} */
  readDirectives(scanner: Scanner): void {
    this.#prefixes = new Map();
    let hasVersion = false;
    for (let token = scanner.peek(); ; token = scanner.peek()) {
      if (token.type === "version-directive") {
        if (hasVersion) throw syntaxError(token.start, token.end, "%YAML stands here twice");
        if (token.version !== "1.1") throw otherVersion(token);
        hasVersion = true;
      } else if (token.type === "tag-directive") {
        if (this.#prefixes.has(token.handle)) throw syntaxError(token.start, token.end, "%TAG names a handle twice");
        this.#prefixes.set(token.handle, token.prefix);
      } else break;
      scanner.skip();
    }
    for (const [handle, prefix] of DEFAULT_TAGS) {
      if (!this.#prefixes.has(handle)) this.#prefixes.set(handle, prefix);
    }
  }

  /** The tag in full. @throws {TextError} for a handle that stands for nothing */
  resolved({ handle, suffix, start, end }: TagToken): string {
    if (handle === "") return suffix;
    const prefix = this.#prefixes.get(handle);
    if (prefix === undefined) throw syntaxError(start, end, `no %TAG directive says what \`${handle}\` is`);
    return prefix + suffix;
  }
}

function otherVersion({ start, end, version }: { start: number; end: number; version: string }): TextError {
  const message = `the API server reads YAML 1.1 only, but this document says %YAML ${version}; leave the line out`;
  return new TextError("yaml-version", { start, end }, message);
}
