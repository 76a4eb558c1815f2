import { isObject, nearestWord, typeName } from "../../field/index.ts";
import { beginsWithDash, lookalikeFault, textFault } from "./text-faults.ts";
import { plainText } from "./lookalikes.ts";
import { entryName, fieldName, type Message, type MessageInput, valueText, withArticle } from "./message.ts";

/** The known field that an unknown one most likely stands for. */
const intendedField = ({ path, facts }: MessageInput): string | undefined =>
  nearestWord(plainText(fieldName(path)).trim(), facts?.known);

/** What an unknown field should be: another name, another place, or nothing that the API knows. */
function unknownFieldHint(finding: MessageInput): string {
  const { path, facts } = finding;
  const word = facts?.because === undefined ? intendedField(finding) : undefined;
  const hint = facts?.because ?? (word === undefined ? "the API server does not know it" : `did you mean ${word}?`);
  const fault = lookalikeFault(fieldName(path));
  if (fault === undefined) return hint;
  return facts?.because === undefined && word === undefined ? fault : `${fault}; ${hint}`;
}

/** The rules of decoding: if one is broken, the API server answers 400, without causes. */
export const DECODE_MESSAGES = {
  "wrong-kind": {
    title: "the manifest is not a v1 Service",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} is ${valueText(found)}, but must be ${valueText(facts?.want)}${faultSuffix(found)}`,
    fix: ({ path, facts }) => `write ${fieldName(path)}: ${facts?.want ?? ""}`,
  },
  "wrong-type": {
    title: "a value is not of the JSON type of its field",
    message: ({ path, found, facts }) =>
      `${entryName(path) || "the document"} must be ${withArticle(facts?.want ?? "")}, and this is ${withArticle(typeName(found))}: ${facts?.because ?? textFault(found) ?? listFault(found) ?? valueText(found)}`,
    fix: ({ found, facts }) => {
      // The value of such a key is no label, whatever its type.
      if (facts?.because !== undefined) return undefined;
      if (facts?.want === "string" && (typeof found === "number" || typeof found === "boolean")) {
        return `quote it: ${valueText(String(found))}`;
      }
      if (facts?.want === "whole number" && typeof found === "string" && /^\d+$/.test(found))
        return `leave the quotes out: ${found}`;
      if (facts?.want === "boolean" && (found === "true" || found === "false")) return `leave the quotes out: ${found}`;
      return undefined;
    },
  },
  "wrong-time": {
    title: "a time is not in the format of RFC 3339",
    message: ({ found }) => `${valueText(found)} is not a time in RFC 3339 format; write one like 2027-01-31T12:00:00Z`,
  },
  "not-int32": {
    title: "a number does not fit its field",
    message: ({ path, found }) =>
      `${fieldName(path)} is ${valueText(found)}; only integers from -2147483648 to 2147483647 fit`,
  },
  "wrong-place": {
    title: "the name or namespace is not that of the request",
    message: ({ path, found, facts }) =>
      `${path.toString()} is ${valueText(found)}, but the request was sent to ${valueText(facts?.want)}`,
  },
} as const satisfies Record<string, Message>;

/** The rules whose violation is dropped with a warning, or refused with fieldValidation Strict. */
export const FIELD_VALIDATION_MESSAGES = {
  "unknown-field": {
    title: "the API does not have the field",
    message: (finding) => {
      const hint = unknownFieldHint(finding);
      return `${valueText(fieldName(finding.path))} is not a field of ${finding.path.parent?.toString() || "a Service"}: ${hint}`;
    },
    fix: (finding) => {
      const word = finding.facts?.because === undefined ? intendedField(finding) : undefined;
      return word === undefined ? undefined : `rename it to ${word}`;
    },
  },
  "duplicate-field": {
    title: "a field is set more than once",
    message: ({ path }) =>
      `${path.toString()} is set more than once: kubectl silently keeps the last one, and the API server refuses it with strict field validation`,
    fix: () => "remove all but one of them",
  },
} as const satisfies Record<string, Message>;

/** An object where a list should be: its first key begins with a character that looks like the `-` of a list item. */
function listFault(found: unknown): string | undefined {
  const [key] = isObject(found) ? Object.keys(found) : [];
  return key !== undefined && beginsWithDash(key) ? `"${key}": ${lookalikeFault(key) ?? ""}` : undefined;
}

function faultSuffix(found: unknown): string {
  const fault = textFault(found);
  return fault === undefined ? "" : `: ${fault}`;
}
