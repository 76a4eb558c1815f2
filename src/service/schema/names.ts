/**
 * The grammars of names in the Kubernetes API. Each predicate tells whether a text matches its grammar.
 * Source: the reference of the API's object names and labels.
 */
const DNS1123_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_PART = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;
const PORT_NAME_MAX = 15;
const GENERATED_PREFIX_MAX = 58;

/** Lower-case letters, digits and inner hyphens, up to 63. */
export function isDNSLabel(text: string): boolean {
  return text.length <= LABEL_MAX && DNS1123_LABEL.test(text);
}

/** A DNS label that starts with a letter. */
export function isDNS1035Label(text: string): boolean {
  return text.length <= LABEL_MAX && DNS1035_LABEL.test(text);
}

/** DNS labels of any length joined by dots, up to 253 in all. */
export function isDNSSubdomain(text: string): boolean {
  return text.length <= SUBDOMAIN_MAX && text.split(".").every((label) => DNS1123_LABEL.test(label));
}

/** `[prefix/]name`: the prefix a DNS name, the name up to 63 of letters, digits and inner `-_.`. */
export function isQualifiedName(text: string): boolean {
  if (text.length > SUBDOMAIN_MAX + 1 + LABEL_MAX) return false;
  const slash = text.indexOf("/");
  const name = slash === -1 ? text : text.slice(slash + 1);
  if (name.length > LABEL_MAX || !QUALIFIED_PART.test(name)) return false;
  return slash === -1 || isDNSSubdomain(text.slice(0, slash));
}

/** Empty, or up to 63 of letters, digits and inner `-_.`. */
export function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= LABEL_MAX && QUALIFIED_PART.test(text));
}

/** An IANA service name: up to 15 of `a-z`, `0-9` and single inner hyphens, with a letter. */
export function isPortName(text: string): boolean {
  if (text.length > PORT_NAME_MAX || !/^[-a-z0-9]+$/.test(text) || !/[a-z]/.test(text)) return false;
  return !text.includes("--") && !text.startsWith("-") && !text.endsWith("-");
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
