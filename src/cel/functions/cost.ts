import { Bytes, List, MapValue, Optional, type Value } from "../values/index.ts";

/** What it costs to read a character of a text, or a byte, once. Source: `StringTraversalCostFactor` of cel-go. */
const TRAVERSAL_FACTOR = 0.1;
/** What a character of a pattern costs for each unit of a text. Source: `RegexStringLengthCostFactor` of cel-go. */
const PATTERN_FACTOR = 0.25;

/** The number of code points of a text. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}

/** The size that the cost of a call depends on: 1 for what has none. Source: `actualSize` of cel-go. */
export function sizeOf(value: Value): number {
  if (typeof value === "string") return codePoints(value);
  if (typeof value !== "object" || value === null) return 1;
  if (value instanceof List || value instanceof MapValue) return value.size;
  if (value instanceof Bytes) return value.bytes.length;
  return value instanceof Optional && value.value !== undefined ? sizeOf(value.value) : 1;
}

/** What it costs to read something of a size once, or `times`. */
export function traversalCost(size: number, times = 1): number {
  return Math.ceil(size * times * TRAVERSAL_FACTOR);
}

/** What it costs to search a text for a pattern. Source: `costCall` of cel-go. */
export function patternCost(text: Value, pattern: Value): number {
  return Math.ceil((1 + sizeOf(text)) * TRAVERSAL_FACTOR) * Math.ceil(sizeOf(pattern) * PATTERN_FACTOR);
}
