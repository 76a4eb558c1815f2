import type { FunctionDeclaration } from "../functions/index.ts";
import { Failure, parseRequestUrl, queryParameters } from "../go/index.ts";
import { parseUrlValue, URL_TYPE, UrlValue } from "../kubernetes/index.ts";
import { method, NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { BOOL, listType, mapType, STRING, type Type } from "../types/index.ts";
import { EntryMap, type Result } from "../values/index.ts";
import { declared, readingCost, textList } from "./declare.ts";

function part(name: string, id: string, result: Type, get: (url: UrlValue) => Result): FunctionDeclaration {
  return declared(name, [
    method([id, [URL_TYPE], result], (url) => (url instanceof UrlValue ? get(url) : NO_SUCH_OVERLOAD)),
  ]);
}

function query({ url }: UrlValue): Result {
  return new EntryMap(Array.from(queryParameters(url), ([name, values]) => [name, textList(values)] as const));
}

/** The functions of URLs. Source: the API server's `library/urls.go`. */
export const URLS: readonly FunctionDeclaration[] = [
  declared(
    "url",
    [
      overload(["string_to_url", [STRING], URL_TYPE], (text) =>
        typeof text === "string" ? parseUrlValue(text) : NO_SUCH_OVERLOAD,
      ),
    ],
    readingCost(),
  ),
  part("getScheme", "url_get_scheme", STRING, ({ scheme }) => scheme),
  part("getHost", "url_get_host", STRING, ({ host }) => host),
  part("getHostname", "url_get_hostname", STRING, ({ hostname }) => hostname),
  part("getPort", "url_get_port", STRING, ({ port }) => port),
  part("getEscapedPath", "url_get_escaped_path", STRING, ({ escapedPath }) => escapedPath),
  part("getQuery", "url_get_query", mapType(STRING, listType(STRING)), query),
  declared("isURL", [
    overload(["is_url_string", [STRING], BOOL], (text) =>
      typeof text === "string" ? !(parseRequestUrl(text) instanceof Failure) : NO_SUCH_OVERLOAD,
    ),
  ]),
];
