import { goQuote } from "../../field/index.ts";
import { Failure } from "./failure.ts";
import { type Authority, parseAuthority, userText } from "./url-authority.ts";
import { escape, mustEscape, unescape } from "./url-escape.ts";
import { fromBytes, toBytes } from "./utf8.ts";

/** A URL in its parts, all of them as strings of bytes. Source: `URL` of Go's `net/url`. */
export interface Url {
  readonly scheme: string;
  /** What follows a scheme without a slash, as in `mailto:a@b`. */
  readonly opaque: string;
  readonly authority: Authority;
  /** The path, and as it is written where that is not as Go would escape it. */
  readonly path: string;
  readonly rawPath: string;
  /** Whether it has a scheme and a path, but no `//`. */
  readonly omitsHost: boolean;
  /** Whether it has a `?` with nothing behind. */
  readonly forcesQuery: boolean;
  readonly query: string;
  readonly fragment: string;
  readonly rawFragment: string;
}

const NO_AUTHORITY: Authority = { host: "" };
const EMPTY: Url = {
  scheme: "",
  opaque: "",
  authority: NO_AUTHORITY,
  path: "",
  rawPath: "",
  omitsHost: false,
  forcesQuery: false,
  query: "",
  fragment: "",
  rawFragment: "",
};

/**
 * Reads a URL that is absolute or begins with a slash; a fragment is taken as a part of what it follows. Source:
 * `url.ParseRequestURI` of Go 1.26.
 */
export function parseRequestUrl(text: string): Url | Failure {
  const url = parse(toBytes(text), true);
  return url instanceof Failure ? inUrl(text, url) : url;
}

/** Reads a URL, which may be relative. Source: `url.Parse` of Go 1.26. */
export function parseUrl(text: string): Url | Failure {
  const bytes = toBytes(text);
  const [rest, fragment] = cut(bytes, "#");
  const url = parse(rest, false);
  if (url instanceof Failure) return inUrl(fromBytes(rest), url);
  const unescaped = unescape(fragment, "fragment");
  if (unescaped instanceof Failure) return inUrl(text, unescaped);
  return { ...url, fragment: unescaped, rawFragment: escape(unescaped, "fragment") === fragment ? "" : fragment };
}

function inUrl(text: string, { message }: Failure): Failure {
  return new Failure(`parse ${goQuote(text)}: ${message}`);
}

/** Around the first separator; without one, the second part is empty. */
export function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

function parse(text: string, isRequest: boolean): Url | Failure {
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  if (/[\0-\x1f\x7f]/.test(text)) return new Failure("net/url: invalid control character in URL");
  if (text === "" && isRequest) return new Failure("empty url");
  if (text === "*") return { ...EMPTY, path: "*" };
  if (text.startsWith(":")) return new Failure("missing protocol scheme");
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1]?.toLowerCase() ?? "";
  const behind = scheme === "" ? text : text.slice(scheme.length + 1);
  const forcesQuery = behind.indexOf("?") === behind.length - 1 && behind !== "";
  const [rest, query] = cut(behind, "?");
  const url = { ...EMPTY, scheme, forcesQuery, query };
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { ...url, opaque: rest };
    if (isRequest) return new Failure("invalid URI for request");
    if (cut(rest, "/")[0].includes(":")) return new Failure("first path segment in URL cannot contain colon");
  }
  return withPath(url, rest, isRequest);
}

function withPath(url: Url, text: string, isRequest: boolean): Url | Failure {
  let rest = text;
  let { authority } = url;
  const mayHaveHost = url.scheme !== "" || (!isRequest && !rest.startsWith("///"));
  const hasHost = mayHaveHost && rest.startsWith("//");
  if (hasHost) {
    const slash = rest.indexOf("/", 2);
    const parsed = parseAuthority(url.scheme, slash < 0 ? rest.slice(2) : rest.slice(2, slash));
    if (parsed instanceof Failure) return parsed;
    authority = parsed;
    rest = slash < 0 ? "" : rest.slice(slash);
  }
  const path = unescape(rest, "path");
  if (path instanceof Failure) return path;
  const rawPath = escape(path, "path") === rest ? "" : rest;
  return { ...url, authority, path, rawPath, omitsHost: !hasHost && url.scheme !== "" && rest.startsWith("/") };
}

/** The path, escaped: as it was written if that is a valid way to escape it. */
export function escapedPath({ path, rawPath }: Url): string {
  if (rawPath !== "" && isValid(rawPath, "path")) return rawPath;
  return path === "*" ? "*" : escape(path, "path");
}

function isValid(text: string, part: "path" | "fragment"): boolean {
  for (const [character] of text.matchAll(/[^A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%]/g))
    if (mustEscape(character, part)) return false;
  return true;
}

/** The URL put together again. Source: `URL.String` of Go. */
export function urlText(url: Url): string {
  const { scheme, opaque, authority, query, fragment, rawFragment } = url;
  const start = scheme === "" ? "" : `${scheme}:`;
  const middle = opaque === "" ? hierarchy(url, start) : opaque;
  const asked = url.forcesQuery || query !== "" ? `?${query}` : "";
  if (fragment === "") return `${start}${middle}${asked}`;
  const escaped = rawFragment !== "" && isValid(rawFragment, "fragment") ? rawFragment : escape(fragment, "fragment");
  return `${start}${middle}${asked}#${escaped}`;

  function hierarchy(of: Url, before: string): string {
    const { host, user } = authority;
    const hasAuthority = host !== "" || user !== undefined;
    const isHostWritten = hasAuthority || (scheme !== "" && !of.omitsHost && of.path !== "");
    const written = isHostWritten ? `//${user === undefined ? "" : `${userText(user)}@`}${escape(host, "host")}` : "";
    const path = escapedPath(of);
    if (path !== "" && !path.startsWith("/") && host !== "") return `${written}/${path}`;
    const looksLikeScheme = before + written === "" && cut(path, "/")[0].includes(":");
    return `${written}${looksLikeScheme ? "./" : ""}${path}`;
  }
}

/** The most parameters that Go reads from a query. */
const MAX_PARAMETERS = 10_000;

/**
 * The parameters of the query as texts, in the order in which their names first stand there; what can't be read is left out.
 * Source: `URL.Query` of Go.
 */
export function queryParameters({ query }: Url): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  const settings = query.split("&");
  if (settings.length > MAX_PARAMETERS) return parameters;
  for (const setting of settings) {
    if (setting === "" || setting.includes(";")) continue;
    const [name, value] = cut(setting, "=").map((part) => unescape(part, "query"));
    if (typeof name !== "string" || typeof value !== "string") continue;
    const key = fromBytes(name);
    const values = parameters.get(key);
    if (values === undefined) parameters.set(key, [fromBytes(value)]);
    else values.push(fromBytes(value));
  }
  return parameters;
}
