import { locationOf, type ServiceText } from "../examine/places/index.ts";
import { Path, truncatedJson, withoutUndefined } from "../field/index.ts";
import type { CheckFinding, Severity } from "../examine/model/index.ts";
import { describe, type Finding } from "../service/findings/index.ts";
import type { Way } from "./answers.ts";
import type { Change } from "./changes.ts";
import type { Difference } from "./differences.ts";

/** The names of the versions, for messages. */
export interface VersionNames {
  readonly from: string;
  readonly to: string;
}

/** A change as a finding, without file, Service and fingerprint. */
export type ChangeFinding = Omit<CheckFinding, "file" | "service" | "fingerprint">;

/** The finding that reports a change. */
export function changeFinding(change: Change, text: ServiceText, names: VersionNames): ChangeFinding {
  if ("finding" in change) return serversFinding(change, text, names);
  const { kind, difference, at, on, only } = change;
  const { keys, ...values } = difference;
  const path = Path.of(keys);
  const isFilledIn = kind === "filled-in";
  return {
    severity: "note",
    rule: isFilledIn ? "filled-in-otherwise" : "stored-otherwise",
    field: path.toString(),
    message: `${isFilledIn ? filledIn(difference, names) : storedOtherwise(difference, names)}${forWhich(only)}`,
    upgrade: { on, at, ...values },
    ...text.locate(keys, "key"),
  };
}

const SEVERITIES = { refused: "error", warned: "warning" } as const satisfies Record<string, Severity>;

function serversFinding(
  { kind, finding, on, only }: Extract<Change, { readonly finding: Finding }>,
  text: ServiceText,
  { to }: VersionNames,
): ChangeFinding {
  const { code, field, reason, message, fix } = describe(finding);
  const { keys, about } = locationOf(finding, (path) => path);
  const what = kind === "refused" ? `${to} refuses it${refusedWhen(only)}` : `${to} warns${forWhich(only)}`;
  return {
    severity: SEVERITIES[kind],
    rule: code,
    field,
    message: `${what}: ${message}`,
    upgrade: { on },
    ...withoutUndefined({ reason, fix }),
    ...text.locate(keys, about),
  };
}

/** On which way a Service is refused, if it is accepted on the other one. */
function refusedWhen(only: Way | undefined): string {
  if (only === undefined) return "";
  return only === "create"
    ? " if it is created anew, while a stored one can be applied again"
    : " if it is applied again to the stored one";
}

function forWhich(only: Way | undefined): string {
  if (only === undefined) return "";
  return only === "create" ? ", only for a new one" : ", only for a stored one";
}

function filledIn({ keys, from, to }: Difference, names: VersionNames): string {
  const field = fieldName(keys);
  if (to === undefined) return `${names.to} no longer fills in ${field}: ${valueText(from)}`;
  const before = from === undefined ? "" : `, and ${names.from} ${valueText(from)}`;
  return `${names.to} fills in ${field}: ${valueText(to)}${before}`;
}

function storedOtherwise({ keys, from, to }: Difference, names: VersionNames): string {
  const field = fieldName(keys);
  if (to === undefined) return `${names.to} drops ${field}, and ${names.from} keeps ${valueText(from)}`;
  if (from === undefined) return `${names.to} keeps ${field}: ${valueText(to)}, and ${names.from} drops it`;
  return `${names.to} makes ${field} ${valueText(to)}, and ${names.from} ${valueText(from)}`;
}

/** The end of the path that tells the field: `externalTrafficPolicy`, `ingress[0].ipMode`. */
function fieldName(keys: Difference["keys"]): string {
  return Path.of(keys.slice(1)).toString();
}

/** The longest text of a value in a message, in UTF-16 units. */
const MAX_VALUE_LENGTH = 80;

function valueText(value: unknown): string {
  return typeof value === "string" && /^[\w.:/-]+$/.test(value) ? value : truncatedJson(value, MAX_VALUE_LENGTH);
}
