import { goQuote } from "../../field/index.ts";
import { parseAddress } from "./address.ts";
import { Failure } from "./failure.ts";
import { escape, unescape } from "./url-escape.ts";
import { fromBytes } from "./utf8.ts";

/** A user, with the password if there is a colon. */
export interface User {
  readonly name: string;
  readonly password?: string;
}

/** What stands between `//` and the path; `host` has the port. */
export interface Authority {
  readonly host: string;
  readonly user?: User;
}

/** Reads what stands between `//` and the path: `user:password@host:port`. Source: `parseAuthority` of Go's `net/url`. */
export function parseAuthority(scheme: string, text: string): Authority | Failure {
  const at = text.lastIndexOf("@");
  const host = parseHost(scheme, text.slice(at + 1));
  if (host instanceof Failure) return host;
  if (at < 0) return { host };
  const info = text.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(info)) return new Failure("net/url: invalid userinfo");
  const colon = info.indexOf(":");
  const name = unescape(colon < 0 ? info : info.slice(0, colon), "user");
  if (name instanceof Failure) return name;
  if (colon < 0) return { host, user: { name } };
  const password = unescape(info.slice(colon + 1), "user");
  return password instanceof Failure ? password : { host, user: { name, password } };
}

/** The user as a URL has it. */
export function userText({ name, password }: User): string {
  return escape(name, "user") + (password === undefined ? "" : `:${escape(password, "user")}`);
}

/** The host without the port and without the brackets of an IPv6 address, and the port. */
export function splitHost(host: string): { name: string; port: string } {
  const colon = host.lastIndexOf(":");
  const hasPort = colon >= 0 && isPort(host.slice(colon));
  const name = hasPort ? host.slice(0, colon) : host;
  return {
    name: name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : name,
    port: hasPort ? host.slice(colon + 1) : "",
  };
}

function isPort(text: string): boolean {
  return /^(:\d*)?$/.test(text);
}

function badPort(text: string): Failure {
  return new Failure(`invalid port ${goQuote(fromBytes(text))} after host`);
}

function parseHost(scheme: string, host: string): string | Failure {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return new Failure("invalid IP-literal");
  if (bracket === 0) return parseBrackets(host);
  const first = host.indexOf(":");
  if (first >= 0) {
    // Lists of hosts with ports are usual for databases; in web addresses there is one port.
    const port = host.slice(scheme === "http" || scheme === "https" ? first : host.lastIndexOf(":"));
    if (!isPort(port)) return badPort(port);
  }
  return unescape(host, "host");
}

/** An IPv6 address in brackets: `[fe80::1%25en0]:80`. */
function parseBrackets(host: string): string | Failure {
  const end = host.lastIndexOf("]");
  if (end < 0) return new Failure("missing ']' in host");
  const port = host.slice(end + 1);
  if (!isPort(port)) return badPort(port);
  const inside = host.slice(1, end);
  const percent = inside.indexOf("%25");
  const name = unescape(percent < 0 ? inside : inside.slice(0, percent), "host");
  if (name instanceof Failure) return name;
  const zone = percent < 0 ? "" : unescape(inside.slice(percent), "zone");
  if (zone instanceof Failure) return zone;
  const address = parseAddress(fromBytes(name + zone));
  if (address instanceof Failure) return new Failure(`invalid host: ${address.message}`);
  if (address.bytes.length === 4) return new Failure("invalid IP-literal");
  return `[${name}${zone}]${port}`;
}
