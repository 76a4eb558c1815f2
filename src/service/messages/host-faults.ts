import { parseCIDR, parseIP } from "../../net/index.ts";

/** What surrounds a host name in a URL. */
interface HostParts {
  /** The part that is too much: a scheme, or a port or path. */
  readonly extra: string;
  readonly what: string;
}

/** The part of a URL that is too much for a host name; undefined for any other text. */
function hostParts(found: unknown): HostParts | undefined {
  if (typeof found !== "string") return undefined;
  const [, scheme = "", port = "", path = ""] =
    /^([a-z][a-z0-9+.-]*:\/\/)?[a-z0-9._-]+(:[0-9]{1,5})?(\/[^\s]*)?$/i.exec(found) ?? [];
  if (scheme !== "") return { extra: scheme, what: "scheme" };
  if (port !== "") return { extra: port, what: "port" };
  return path === "" ? undefined : { extra: path, what: "path" };
}

/** The longest text that may be an address with something around it. */
const LONGEST = 256;

/**
 * What kind of address a text is, with a scheme, brackets, a port, a path or a trailing dot around it; undefined for
 * anything else.
 */
export function addressKind(found: unknown): string | undefined {
  if (typeof found !== "string" || found.length > LONGEST) return undefined;
  const text = found.trim();
  if (parseIP(text.replace(/%.*$|\.$/, "")) !== undefined) return "an IP address";
  if (parseCIDR(text) !== undefined) return "an address range";
  const [, scheme = "", bracketed, plain, port = ""] =
    /^([a-z][a-z0-9+.-]*:\/\/)?(?:\[([^\]\s]+)\]|([0-9.]+))(:[0-9]+)?(?:\/\S*)?$/i.exec(text) ?? [];
  const host = (bracketed ?? plain ?? "").replace(/%.*$|\.$/, "");
  if (parseIP(host) === undefined) return undefined;
  if (scheme !== "") return "a URL of an IP address";
  return port === "" ? "an IP address" : "an IP address with a port";
}

/** What to do with an address that should be a name. */
export const ADDRESS_FIX = "use a Service without a selector, and an EndpointSlice with the address";

/** Why a text is no host name: it is an address, or a URL, or has a port. */
export function hostFault(found: unknown): string | undefined {
  const address = addressKind(found);
  if (address !== undefined) return `it is ${address}, and must be a DNS name`;
  const host = hostParts(found);
  return host && `it must be a DNS name without a ${host.what}`;
}

/** What is to be changed for a host name; undefined if it is not one with something around it. */
export function hostFix(found: unknown): string | undefined {
  if (addressKind(found) !== undefined) return ADDRESS_FIX;
  const host = hostParts(found);
  return host && `leave ${host.extra} out`;
}
