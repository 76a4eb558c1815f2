import { parseCIDR, parseIP } from "../../../net/index.ts";
import { isDNSSubdomain } from "../../../service/schema/index.ts";
import type { ItemKind, ValueKind } from "./value-kinds.ts";

type Kind<K extends ValueKind["is"]> = Extract<ValueKind, { readonly is: K }>;

/** Whether a reader that expects this kind of value can read it. An empty value counts as none. */
export function accepts(kind: ValueKind, value: string): boolean {
  const text = value.trim();
  if (text === "") return true;
  switch (kind.is) {
    case "text":
      return true;
    case "boolean":
      return isBoolean(kind, text);
    case "word":
      return isWord(kind, text);
    case "integer":
      return isInteger(kind, text);
    case "duration":
      return GO_DURATION.test(text) || (kind.orSeconds === true && WHOLE_NUMBER.test(text));
    case "list":
      return kind.withoutBlanks === true ? isList(kind, value.split(",")) : isList(kind, itemsOf(text));
    case "pairs":
      return arePairs(kind, text);
    case "json":
      return isJson(text);
    case "object-name":
      // Read as it is, blanks and all.
      return isDNSSubdomain(value);
  }
}

/** What a value of this kind is, to be put behind "expects". */
export function expectation(kind: ValueKind): string {
  switch (kind.is) {
    case "text":
      return "any text";
    case "boolean":
      return '"true" or "false"';
    case "word":
      return alternatives(kind.words);
    case "integer":
      return `a whole number${bounds(kind)}`;
    case "duration":
      return kind.orSeconds === true ? "seconds or a duration such as 1m" : "a duration such as 10s or 1m30s";
    case "list":
      return [
        `${ITEM_NAMES[kind.of]}, separated by commas`,
        ...(kind.withoutBlanks === true ? ["without blanks"] : []),
        ...(kind.orAll === true ? ['or "true", "false" or "*"'] : []),
      ].join(", ");
    case "pairs":
      return "key=value pairs, separated by commas";
    case "json":
      return "JSON";
    case "object-name":
      return "the name of an object: lower-case letters, digits, inner hyphens and dots";
  }
}

/** The words that Go's strconv.ParseBool reads. */
const GO_BOOLEANS: ReadonlySet<string> = new Set([
  ...["1", "t", "T", "true", "TRUE", "True"],
  ...["0", "f", "F", "false", "FALSE", "False"],
]);

/** A duration as Go's time.ParseDuration reads it. */
const GO_DURATION = /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

const WHOLE_NUMBER = /^[+-]?\d{1,18}$/;

const ITEM_NAMES: Readonly<Record<ItemKind, string>> = {
  ip: "IP addresses",
  ipv4: "IPv4 addresses",
  ipv6: "IPv6 addresses",
  cidr: "address ranges in CIDR notation",
  port: "port numbers",
};

function isBoolean({ spelled }: Kind<"boolean">, text: string): boolean {
  if (spelled === "go") return GO_BOOLEANS.has(text);
  return ["true", "false"].includes(spelled === "any-case" ? text.toLowerCase() : text);
}

function isWord({ words, others = [], anyCase }: Kind<"word">, text: string): boolean {
  const known = [...words, ...others];
  return anyCase === true ? known.some((one) => one.toLowerCase() === text.toLowerCase()) : known.includes(text);
}

function isInteger({ least = -Infinity, most = Infinity }: Kind<"integer">, text: string): boolean {
  return WHOLE_NUMBER.test(text) && Number(text) >= least && Number(text) <= most;
}

function itemsOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function isList({ of, orAll }: Kind<"list">, items: readonly string[]): boolean {
  const [only] = items;
  if (orAll === true && items.length === 1 && only !== undefined && (only === "*" || GO_BOOLEANS.has(only)))
    return true;
  return items.every((item) => isItem(of, item));
}

/** These readers take addresses by Go's net.ParseIP, which refuses leading zeros. */
function isItem(of: ItemKind, text: string): boolean {
  if (of === "port") return /^\d{1,5}$/.test(text) && isInteger({ is: "integer", least: 1, most: 65535 }, text);
  if (of === "cidr") return parseCIDR(text)?.ip.padded === false;
  const ip = parseIP(text);
  if (ip === undefined || ip.padded) return false;
  return of === "ip" || (of === "ipv4") === (ip.bytes.length === 4);
}

/** A comma may be escaped, and one at the end belongs to the last value. A pair on a line of its own needs a comma, too. */
function arePairs({ bareKeys }: Kind<"pairs">, text: string): boolean {
  const pairs = text.replace(/\\./gs, "_").replace(/,\s*$/, "").split(",");
  return pairs.every((pair) => {
    const [key = "", ...value] = pair.trim().split("=");
    return key !== "" && !/[\r\n]/.test(pair.trim()) && (value.length > 0 || bareKeys === true);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function alternatives(words: readonly string[]): string {
  const quoted = words.map((one) => `"${one}"`);
  const last = quoted.at(-1) ?? "";
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(", ")} or ${last}`;
}

function bounds({ least, most }: Kind<"integer">): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? "" : ` of at most ${most}`;
}
