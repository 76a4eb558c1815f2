import { spend } from "../effort/index.ts";
import { Bytes } from "./bytes.ts";
import { Duration, HOUR, MINUTE, SECOND } from "./duration.ts";
import { doubleText, Uint } from "./numbers.ts";
import { Optional } from "./optional.ts";
import { Timestamp, timestampText } from "./timestamp.ts";
import { TypeValue } from "./type-value.ts";
import { CelError, List, MapValue, type Result } from "./value.ts";

/** Texts take room, too. */
const STEPS_PER_TEXT = 10;

/** A value as the API server's messages write it: Go's `%v` of cel-go's types. Maps are written in their order, not in Go's. */
export function valueText(value: Result): string {
  spend(STEPS_PER_TEXT);
  if (typeof value === "number") return doubleText(value);
  // A null is a constant of an enumeration in Go.
  if (value === null) return "0";
  if (typeof value !== "object") return String(value);
  if (value instanceof Uint) return value.value.toString();
  if (value instanceof Bytes) return `[${value.bytes.join(" ")}]`;
  if (value instanceof Duration) return goDurationText(value.nanoseconds);
  if (value instanceof Timestamp) return goTimeText(value);
  if (value instanceof TypeValue) return value.value.name;
  if (value instanceof CelError) return value.message;
  if (value instanceof Optional)
    return value.value === undefined ? "optional.none()" : `optional(${valueText(value.value)})`;
  if (value instanceof List) return `[${textsOf(value).join(", ")}]`;
  return value instanceof MapValue ? `{${entryTextsOf(value).join(", ")}}` : value.type.name;
}

function textsOf(list: List): readonly string[] {
  return Array.from({ length: list.size }, (_, index) => valueText(list.at(index)));
}

function entryTextsOf(map: MapValue): readonly string[] {
  return [...map.keys()].map((key) => `${valueText(key)}: ${valueText(map.get(key) ?? null)}`);
}

/** `1h30m0s`: Go's `Duration.String`. */
function goDurationText(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const sign = nanoseconds < 0n ? "-" : "";
  if (size === 0n) return "0s";
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 1000n)}\u00b5s`;
  if (size < SECOND) return `${sign}${decimal(size, 1_000_000n)}ms`;
  const seconds = `${decimal(size % MINUTE, SECOND)}s`;
  if (size < MINUTE) return `${sign}${seconds}`;
  const minutes = `${(size / MINUTE) % 60n}m${seconds}`;
  return size < HOUR ? `${sign}${minutes}` : `${sign}${size / HOUR}h${minutes}`;
}

function decimal(size: bigint, unit: bigint): string {
  const fraction = (size % unit)
    .toString()
    .padStart(unit.toString().length - 1, "0")
    .replace(/0+$/, "");
  return fraction === "" ? `${size / unit}` : `${size / unit}.${fraction}`;
}

/** `2026-01-02 03:04:05 +0000 UTC`: Go's `Time.String`. */
function goTimeText(timestamp: Timestamp): string {
  const [date = "", time = ""] = timestampText(timestamp).split("T");
  const local = time.replace(/(?:Z|[+-]\d\d:\d\d)$/, "");
  const zone = time.slice(local.length).replace(":", "");
  return `${date} ${local} ${zone === "Z" ? "+0000 UTC" : `${zone} ${zone}`}`;
}
