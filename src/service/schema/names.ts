/**
 * The grammars of names in the Kubernetes API. Each predicate tells whether a text matches its grammar.
 * Source: the reference of the API's object names and labels.
 */
const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;
const PORT_NAME_MAX = 15;
const GENERATED_PREFIX_MAX = 58;

/** Lower-case letters, digits and inner hyphens, up to 63. */
export function isDNSLabel(text: string): boolean {
  return text.length <= LABEL_MAX && hasInner(isLowerOrDigit, isHyphen, text, 0, text.length);
}

/** A DNS label that starts with a letter. */
export function isDNS1035Label(text: string): boolean {
  return isDNSLabel(text) && isLower(text.charCodeAt(0));
}

/** DNS labels of any length joined by dots, up to 253 in all. */
export function isDNSSubdomain(text: string): boolean {
  return isSubdomainUpTo(text, text.length);
}

/** Whether the characters before `end` are a DNS subdomain. */
function isSubdomainUpTo(text: string, end: number): boolean {
  if (end > SUBDOMAIN_MAX) return false;
  let start = 0;
  for (let at = 0; at <= end; at++) {
    if (at < end && text.charCodeAt(at) !== DOT) continue;
    if (!hasInner(isLowerOrDigit, isHyphen, text, start, at)) return false;
    start = at + 1;
  }
  return true;
}

/** `[prefix/]name`: the prefix a DNS name, the name up to 63 of letters, digits and inner `-_.`. */
export function isQualifiedName(text: string): boolean {
  const { length } = text;
  if (length > SUBDOMAIN_MAX + 1 + LABEL_MAX) return false;
  const slash = text.indexOf("/");
  if (length - slash - 1 > LABEL_MAX || !hasInner(isAlphanumeric, isSeparator, text, slash + 1, length)) return false;
  return slash === -1 || isSubdomainUpTo(text, slash);
}

/** Empty, or up to 63 of letters, digits and inner `-_.`. */
export function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= LABEL_MAX && hasInner(isAlphanumeric, isSeparator, text, 0, text.length));
}

/** An IANA service name: up to 15 of `a-z`, `0-9` and single inner hyphens, with a letter. */
export function isPortName(text: string): boolean {
  return text.length <= PORT_NAME_MAX && isDNSLabel(text) && /[a-z]/.test(text) && !text.includes("--");
}

type Kind = (code: number) => boolean;

/**
 * Whether the characters from `start` to before `end`, at least one, are of the one kind or, but for the first and the
 * last, of the other. Characters, not regular expressions: a Service has a dozen names.
 */
function hasInner(isOne: Kind, isInner: Kind, text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isOne(code) && (!isInner(code) || at === start || at === end - 1)) return false;
  }
  return start < end;
}

const [HYPHEN, DOT, UNDERSCORE] = [0x2d, 0x2e, 0x5f];

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isLowerOrDigit(code: number): boolean {
  return isLower(code) || (code >= 0x30 && code <= 0x39);
}

function isAlphanumeric(code: number): boolean {
  return isLowerOrDigit(code) || (code >= 0x41 && code <= 0x5a);
}

function isHyphen(code: number): boolean {
  return code === HYPHEN;
}

function isSeparator(code: number): boolean {
  return code === HYPHEN || code === DOT || code === UNDERSCORE;
}

/** An example of a name that the server generates: the prefix, truncated to 58 characters, and five random characters. */
export function generatedName(prefix: string | undefined): string | undefined {
  return prefix === undefined ? undefined : `${prefix.slice(0, GENERATED_PREFIX_MAX)}abcde`;
}

/**
 * The text that the server validates for a `generateName` prefix: a trailing hyphen is allowed, so the server replaces
 * it, together with the character before it, by a letter.
 */
export function validatedPrefix(prefix: string): string {
  if (prefix.length < 2 || !prefix.endsWith("-")) return prefix;
  // The server replaces bytes: of a character of several bytes something is left.
  const isOneByte = prefix.charCodeAt(prefix.length - 2) < 0x80;
  return `${prefix.slice(0, isOneByte ? -2 : -1)}a`;
}
