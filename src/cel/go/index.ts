/** What Go reads as an address or a URL, and in which words it refuses: the API server's libraries are built on it. */
export { type Address, isMapped, parseAddress, parsePrefix, type Prefix } from "./address.ts";
export { Failure } from "./failure.ts";
export { splitHost } from "./url-authority.ts";
export { cut, escapedPath, parseRequestUrl, parseUrl, queryParameters, type Url, urlText } from "./url.ts";
export { fromBytes, toBytes } from "./utf8.ts";
