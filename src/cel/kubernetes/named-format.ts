import { Failure, parseRequestUrl } from "../go/index.ts";
import { objectType, type Type } from "../types/index.ts";
import { type Value } from "../values/index.ts";
import { KubernetesValue } from "./kubernetes-value.ts";
import { dns1035Label, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from "./name-rules.ts";

export const FORMAT_TYPE = objectType("kubernetes.NamedFormat");

/** What is wrong with a text; nothing if it is as it should be. */
type Validate = (text: string) => readonly string[];

/** A format of texts that Kubernetes has a name for. Source: `Format` of the API server's `pkg/cel`. */
export class NamedFormat extends KubernetesValue {
  readonly type: Type = FORMAT_TYPE;
  readonly name: string;
  readonly validate: Validate;
  /** For the cost: how long a regular expression for it may be. */
  readonly regexSize: number;

  constructor(name: string, regexSize: number, validate: Validate) {
    super();
    this.name = name;
    this.regexSize = regexSize;
    this.validate = validate;
  }

  override equals(other: Value): boolean {
    return other instanceof NamedFormat && other.name === this.name;
  }
}

/** The formats by the name that expressions call them by. Source: `ConstantFormats` of the API server's `library/format.go`. */
export const FORMATS: ReadonlyMap<string, NamedFormat> = new Map([
  ["dns1123Label", new NamedFormat("DNS1123Label", 30, dns1123Label)],
  ["dns1123Subdomain", new NamedFormat("DNS1123Subdomain", 60, dns1123Subdomain)],
  ["dns1035Label", new NamedFormat("DNS1035Label", 30, dns1035Label)],
  ["qualifiedName", new NamedFormat("QualifiedName", 60, qualifiedName)],
  ["dns1123LabelPrefix", new NamedFormat("DNS1123LabelPrefix", 30, asPrefix(dns1123Label))],
  ["dns1123SubdomainPrefix", new NamedFormat("DNS1123SubdomainPrefix", 60, asPrefix(dns1123Subdomain))],
  ["dns1035LabelPrefix", new NamedFormat("DNS1035LabelPrefix", 30, asPrefix(dns1035Label))],
  ["labelValue", new NamedFormat("LabelValue", 40, labelValue)],
  ["uri", new NamedFormat("URI", 1103, uri)],
  ["uuid", new NamedFormat("uuid", 70, matching(isUuid, "does not match the UUID format"))],
  ["byte", new NamedFormat("byte", 84, matching(isBase64, "invalid base64"))],
  ["date", new NamedFormat("date", 71, matching(isDate, "invalid date"))],
  ["datetime", new NamedFormat("datetime", 71, matching(isDateTime, "invalid datetime"))],
]);

function matching(isValid: (text: string) => boolean, message: string): Validate {
  return (text) => (isValid(text) ? [] : [message]);
}

/** As the start of a name, to which something is added. Source: `maskTrailingDash` of apimachinery. */
function asPrefix(validate: Validate): Validate {
  return (text) => validate(text.length > 1 && text.endsWith("-") ? `${text.slice(0, -2)}a` : text);
}

function uri(text: string): readonly string[] {
  const url = parseRequestUrl(text);
  return url instanceof Failure ? [url.message] : [];
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text);
}

function isBase64(text: string): boolean {
  return text !== "" && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/** Source: `IsDate` of kube-openapi's `strfmt`. */
function isDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return day > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Source: `IsDateTime` of kube-openapi's `strfmt`, which looks at nothing behind a second `t`. */
function isDateTime(text: string): boolean {
  const [date = "", time = ""] = text.toLowerCase().split("t", 2);
  const [, hour = "", minute = "", second = ""] = /^(\d\d):(\d\d):(\d\d)([^\n]\d+)?(z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return isDate(date) && hour !== "" && hour <= "23" && minute <= "59" && second <= "59";
}
