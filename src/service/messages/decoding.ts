import { nearestWord, typeName } from "../../field/index.ts";
import { entryName, fieldName, type Message, type MessageInput, valueText, withArticle } from "./message.ts";

/** The known field that an unknown one most likely stands for. */
const intendedField = ({ path, facts }: MessageInput): string | undefined => nearestWord(fieldName(path), facts?.known);

/** The rules of decoding: if one is broken, the API server answers 400, without causes. */
export const DECODE_MESSAGES = {
  "wrong-kind": {
    title: "the manifest is a v1 Service",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} is ${valueText(found)}, and a Service has ${valueText(facts?.want)}`,
    fix: ({ path, facts }) => `write ${fieldName(path)}: ${facts?.want ?? ""}`,
  },
  "wrong-type": {
    title: "a value has the JSON type of its field",
    message: ({ path, found, facts }) =>
      `${entryName(path) || "the document"} must be ${withArticle(facts?.want ?? "")}, and this is ${withArticle(typeName(found))}: ${valueText(found)}`,
    fix: ({ found, facts }) => {
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
    title: "a time is written as RFC 3339 asks",
    message: ({ found }) => `${valueText(found)} is no time that can be read; write one like 2027-01-31T12:00:00Z`,
  },
  "not-int32": {
    title: "a number fits its field",
    message: ({ path, found }) =>
      `${fieldName(path)} is ${valueText(found)}, and only whole numbers from -2147483648 to 2147483647 fit`,
  },
  "wrong-place": {
    title: "the object is sent to its own name and namespace",
    message: ({ path, found, facts }) =>
      `${path.toString()} is ${valueText(found)}, and the request was sent to ${valueText(facts?.want)}`,
  },
} as const satisfies Record<string, Message>;

/** The rules whose violation is dropped with a warning, or refused with fieldValidation Strict. */
export const FIELD_VALIDATION_MESSAGES = {
  "unknown-field": {
    title: "every field is one that the API knows",
    message: (finding) => {
      const word = intendedField(finding);
      const hint = word === undefined ? "the API server drops it" : `did you mean ${word}?`;
      return `${valueText(fieldName(finding.path))} is not a field of ${finding.path.parent?.toString() || "a Service"}: ${hint}`;
    },
    fix: (finding) => {
      const word = intendedField(finding);
      return word === undefined ? undefined : `rename it to ${word}`;
    },
  },
  "duplicate-field": {
    title: "every field is named once",
    message: ({ path }) => `${path.toString()} is named more than once: kubectl keeps the last one and says nothing, a strict API server refuses the text`,
    fix: () => "leave all but one of them out",
  },
} as const satisfies Record<string, Message>;
