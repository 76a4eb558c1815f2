import { isObject, pointerOf, truncatedJson, valueAt } from "../../field/index.ts";
import { FIELD_HELP } from "../../service/schema/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import type { AnalysedService } from "../analysis/index.ts";
import { entryOf } from "./entry-of.ts";
import { fieldName } from "./field-page.ts";
import { code, paragraphs } from "./word.ts";

/** The most values that the cluster fills in below an object that are listed. */
const MOST_FILLED = 12;
const LONGEST_VALUE = 80;

/** What becomes of the value at a path of a Service in the cluster; undefined if it is stored as it is written. */
export function storedRemark(service: AnalysedService | undefined, keys: KeyPath): string | undefined {
  if (service?.stored === undefined) return undefined;
  const written = valueAt(service.manifest, keys);
  const stored = valueAt(service.stored, keys);
  if (isAllocated(service, keys)) return "The server allocates the value here.";
  if (isObject(stored) || Array.isArray(stored)) return filledIn(service, keys, stored, written);
  const isAbsent = stored === undefined || stored === null;
  if (isAbsent && written !== undefined && written !== null && written !== "") {
    const wiped = entryOf(FIELD_HELP, fieldName(keys))?.wiped;
    return `Cleared here: it is not stored${wiped === undefined ? "" : ` (cleared ${wiped})`}.`;
  }
  if (isAbsent) return undefined;
  if (written === undefined || written === null) return `Stored here as ${shown(stored)}: the server fills it in.`;
  return stored === written ? undefined : `Stored here as ${shown(stored)}.`;
}

/** The values below an object that the manifest does not have. */
function filledIn(service: AnalysedService, keys: KeyPath, stored: object, written: unknown): string | undefined {
  const lines = [...missing(service, keys, [], stored, written)];
  if (lines.length === 0) return undefined;
  const rest = lines.length > MOST_FILLED ? [`# and ${lines.length - MOST_FILLED} more`] : [];
  const listed = [...lines.slice(0, MOST_FILLED), ...rest].join("\n");
  return paragraphs("The server fills in here:", `\`\`\`yaml\n${listed}\n\`\`\``);
}

function* missing(
  service: AnalysedService,
  keys: KeyPath,
  below: KeyPath,
  stored: unknown,
  written: unknown,
): Generator<string> {
  const isInner = isObject(stored) || (Array.isArray(stored) && Array.isArray(written));
  if (isInner) {
    for (const [name, value] of Object.entries(stored)) {
      const key = Array.isArray(stored) ? Number(name) : name;
      yield* missing(service, keys, [...below, key], value, valueAt(written, [key]));
    }
    return;
  }
  const isUnsaid = written === undefined || written === null;
  if (!isUnsaid || stored === undefined || stored === null || below.length === 0) return;
  const path = below.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  const value = isAllocated(service, [...keys, ...below]) ? "# allocated" : truncatedJson(stored, LONGEST_VALUE);
  yield `${path.replace(/^\./, "")}: ${value}`;
}

function isAllocated(service: AnalysedService, keys: KeyPath): boolean {
  const pointer = pointerOf(keys);
  return service.allocated.some((one) => one === pointer || isItemOf(one, pointer));
}

/** Whether the pointer is that of a list all of whose items are allocated: `/spec/clusterIPs/0` in `/spec/clusterIPs`. */
function isItemOf(item: string, list: string): boolean {
  return item.startsWith(`${list}/`) && /^\d+$/.test(item.slice(list.length + 1));
}

function shown(value: unknown): string {
  return code(typeof value === "string" ? value : truncatedJson(value, LONGEST_VALUE));
}
