import { introducedIn, versionText } from "../versions/index.ts";
import { ADDRESS_MESSAGES } from "./addresses.ts";
import { ADMISSION_MESSAGES } from "./admission.ts";
import { DECODE_MESSAGES, FIELD_VALIDATION_MESSAGES } from "./decoding.ts";
import type { Message } from "./message.ts";
import { METADATA_MESSAGES } from "./metadata.ts";
import { SPEC_MESSAGES } from "./spec.ts";
import { UPDATE_MESSAGES } from "./updates.ts";
import { WARNING_MESSAGES } from "./warnings.ts";

/** The rules of the engine by code, with their messages. A code without a message does not compile. */
export const MESSAGES = {
  ...DECODE_MESSAGES,
  ...FIELD_VALIDATION_MESSAGES,
  ...METADATA_MESSAGES,
  ...SPEC_MESSAGES,
  ...ADDRESS_MESSAGES,
  ...UPDATE_MESSAGES,
  ...ADMISSION_MESSAGES,
  ...WARNING_MESSAGES,
} as const satisfies Record<string, Message>;

/** The code of a rule, which its findings have. */
export type Code = keyof typeof MESSAGES;

/** The fault in a few words, with the versions in which it is one: `an address has leading zeros, from 1.36 on`. */
export function messageTitle(code: Code): string {
  const { title, since: first, until }: Message = MESSAGES[code];
  if (first !== undefined) return `${title}, from ${versionText(introducedIn(first))} on`;
  return until === undefined ? title : `${title}, before ${versionText(introducedIn(until))}`;
}

/** What the API server does with an object that has the fault, as a sentence. */
export function consequenceOf(code: Code): string {
  const { reason, status }: Message = MESSAGES[code];
  if (status !== undefined) return CONSEQUENCES[status];
  if (reason !== undefined) return `the API server refuses the object, with the reason ${reason}`;
  if (Object.hasOwn(DECODE_MESSAGES, code)) return "the API server cannot decode the object: a bad request (400)";
  if (Object.hasOwn(FIELD_VALIDATION_MESSAGES, code))
    return "the API server drops the field with a warning; with strict field validation it refuses the object (400)";
  return "the API server accepts the object with a warning";
}

const CONSEQUENCES = {
  403: "the API server refuses the object in an admission plugin: forbidden (403)",
  409: "the API server refuses the update as a conflict (409)",
  413: "the API server refuses to read the object (413)",
  500: "the API server fails with an internal error (500)",
} as const satisfies Record<NonNullable<Message["status"]>, string>;

/** The HTTP status of the server's answer to an object that breaks the rule. */
export function statusOf(code: Code): 403 | 409 | 413 | 422 | 500 {
  const rule: Message = MESSAGES[code];
  return rule.status ?? 422;
}
