const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const OLD_LABEL = "[a-z]([-a-z0-9]*[a-z0-9])?";
const KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

// Written so that no text makes them look at a character twice.
const IS_LABEL = /^(?!-)[-a-z0-9]+(?<!-)$/;
const IS_OLD_LABEL = /^[a-z][-a-z0-9]*(?<!-)$/;
const IS_KEY = /^(?![-_.])[-A-Za-z0-9_.]+(?<![-_.])$/;

const [ENCODER, MAX_LABEL, MAX_SUBDOMAIN] = [new TextEncoder(), 63, 253];

function isSubdomain(text: string): boolean {
  return text.split(".").every((label) => IS_LABEL.test(label));
}

function bytesOf(text: string): number {
  return ENCODER.encode(text).length;
}

function tooLong(text: string, most: number): readonly string[] {
  return bytesOf(text) > most ? [`must be no more than ${most} characters`] : [];
}

/** What a text must match, as Kubernetes words it. Source: `RegexError` of apimachinery. */
function mustMatch(rule: string, regex: string, ...examples: readonly string[]): string {
  const list = examples.map((example) => `'${example}', `).join(" or ");
  return `${rule} (e.g. ${list}regex used for validation is '${regex}')`;
}

/** Source: `IsDNS1123Label` of apimachinery. */
export function dns1123Label(text: string): readonly string[] {
  const long = tooLong(text, MAX_LABEL);
  if (IS_LABEL.test(text)) return long;
  if (isSubdomain(text)) return [...long, "must not contain dots"];
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...long, mustMatch(rule, LABEL, "my-name", "123-abc")];
}

/** Source: `IsDNS1123Subdomain` of apimachinery. */
export function dns1123Subdomain(text: string): readonly string[] {
  const long = tooLong(text, MAX_SUBDOMAIN);
  return isSubdomain(text) ? long : [...long, subdomainError()];
}

function subdomainError(): string {
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return mustMatch(rule, SUBDOMAIN, "example.com");
}

/** Source: `IsDNS1035Label` of apimachinery. */
export function dns1035Label(text: string): readonly string[] {
  const long = tooLong(text, MAX_LABEL);
  if (IS_OLD_LABEL.test(text)) return long;
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...long, mustMatch(rule, OLD_LABEL, "my-name", "abc-123")];
}

/** In the package of labels, lengths are told in bytes. Source: `MaxLenError` of apimachinery's `validate/content`. */
function tooManyBytes(text: string, most: number): readonly string[] {
  return bytesOf(text) > most ? [`must be no more than ${most} bytes`] : [];
}

/** The key of a label: a name with an optional domain. Source: `IsLabelKey` of apimachinery's `validate/content`. */
export function qualifiedName(text: string): readonly string[] {
  const rule =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  const error = mustMatch(rule, KEY, "MyName", "my.name", "123-abc");
  const parts = text.split("/");
  const [name = "", domain] = parts.toReversed();
  if (parts.length > 2)
    return [`a valid label key ${error} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const length = name === "" ? ["must be non-empty"] : tooManyBytes(name, MAX_LABEL);
  const inName = IS_KEY.test(name) ? length : [...length, error];
  return [
    ...inDomain(domain).map((message) => `prefix part ${message}`),
    ...inName.map((message) => `name part ${message}`),
  ];
}

function inDomain(domain: string | undefined): readonly string[] {
  if (domain === undefined) return [];
  if (domain === "") return ["must be non-empty"];
  return [...tooManyBytes(domain, MAX_SUBDOMAIN), ...(isSubdomain(domain) ? [] : [subdomainError()])];
}

/** Source: `IsLabelValue` of apimachinery's `validate/content`. */
export function labelValue(text: string): readonly string[] {
  const long = tooManyBytes(text, MAX_LABEL);
  if (text === "" || IS_KEY.test(text)) return long;
  const rule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...long, mustMatch(rule, `(${KEY})?`, "MyValue", "my_value", "12345")];
}
