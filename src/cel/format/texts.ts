import { spend } from "../effort/index.ts";
import { goQuote } from "../../field/index.ts";
import { fromBytes } from "../go/index.ts";
import {
  Bytes,
  CelError,
  compareText,
  doubleText,
  Duration,
  durationText,
  List,
  MapValue,
  Timestamp,
  timestampText,
  typeOf,
  TypeValue,
  Uint,
  type Value,
  valueText,
} from "../values/index.ts";
import { innerText } from "./numbers.ts";
import { refusal } from "./refusals.ts";

/** How deep lists may lie in lists to be written. */
const MAX_DEPTH = 200;

/** The text, or what is wrong. */
type Text = string | CelError;

/** A value as `%s` writes it. Source: `FormatString` in `ext` of cel-go. */
export function stringText(value: Value): Text {
  return plainText(value) ?? containerText(value, 0) ?? new CelError(refusal("s", typeOf(value).name));
}

function plainText(value: Value): Text | undefined {
  if (typeof value === "number") return doubleText(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Uint) return value.value.toString();
  if (value instanceof Bytes) return bytesText(value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  return value instanceof TypeValue ? value.value.name : undefined;
}

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function bytesText({ bytes }: Bytes): Text {
  try {
    return DECODER.decode(bytes);
  } catch {
    const text = goQuote(fromBytes(latin(bytes)));
    return failed(`could not convert argument ${text} to string`);
  }
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function failed(reason: string): CelError {
  return new CelError(`error during formatting: ${reason}`);
}

function containerText(value: Value, depth: number): Text | undefined {
  if (!(value instanceof List || value instanceof MapValue)) return undefined;
  if (depth > MAX_DEPTH) return failed("the value is too deep");
  return value instanceof List ? listText(value, depth) : mapText(value, depth);
}

function listText(list: List, depth: number): Text {
  const texts: string[] = [];
  for (let index = 0; index < list.size; index++) {
    const text = memberText(list.at(index), depth);
    if (text instanceof CelError) return text;
    texts.push(text);
  }
  return `[${texts.join(", ")}]`;
}

/** The entries in the order of the texts of their keys. */
function mapText(map: MapValue, depth: number): Text {
  const entries: [key: string, value: string][] = [];
  for (const key of map.keys()) {
    const value = map.get(key) ?? null;
    if (value instanceof CelError) return value;
    const text = memberText(value, depth);
    if (text instanceof CelError) return text;
    entries.push([keyText(key), text]);
  }
  entries.sort(([one], [other]) => compareText(one, other));
  return `{${entries.map(([key, value]) => `${key}:${value}`).join(", ")}}`;
}

function keyText(key: Value): string {
  if (typeof key === "string") return goQuote(key);
  return typeof key === "object" ? valueText(key) : String(key);
}

/** Texts take room, too. */
const STEPS_PER_TEXT = 10;

/** A value inside of a list or map. */
function memberText(value: Value, depth: number): Text {
  spend(STEPS_PER_TEXT);
  if (typeof value === "string") return goQuote(value);
  if (typeof value === "number") return Number.isFinite(value) ? innerText(value) : goQuote(doubleText(value));
  if (value instanceof Timestamp) return `timestamp(${goQuote(timestampText(value))})`;
  if (value instanceof Duration) return `duration(${goQuote(durationText(value))})`;
  const text = plainText(value) ?? containerText(value, depth + 1);
  if (text === undefined) return failed(`no formatting function for ${typeOf(value).name}`);
  return value instanceof Bytes && typeof text === "string" ? `b${goQuote(text)}` : text;
}
