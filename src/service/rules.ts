import { ADDRESS_RULES } from "./rules/addresses.ts";
import { DECODE_RULES, LOOSE_RULES } from "./rules/decode.ts";
import { METADATA_RULES } from "./rules/metadata.ts";
import type { Rule } from "./rules/rule.ts";
import { SPEC_RULES } from "./rules/spec.ts";
import { UPDATE_RULES } from "./rules/update.ts";
import { WARNING_RULES } from "./rules/warnings.ts";
import { since, versionText } from "./version.ts";

/** The rules of the engine by code, with their messages. A code without a message does not compile. */
export const RULES = {
  ...DECODE_RULES,
  ...LOOSE_RULES,
  ...METADATA_RULES,
  ...SPEC_RULES,
  ...ADDRESS_RULES,
  ...UPDATE_RULES,
  ...WARNING_RULES,
} as const satisfies Record<string, Rule>;

/** The code of a rule, which its findings have. */
export type Code = keyof typeof RULES;

/** The rule in one line, with the versions that it applies to: `an address has no leading zeros, from 1.36 on`. */
export function ruleTitle(code: Code): string {
  const { title, since: first, until }: Rule = RULES[code];
  if (first !== undefined) return `${title}, from ${versionText(since(first))} on`;
  return until === undefined ? title : `${title}, before ${versionText(since(until))}`;
}

/** What the API server does with an object that breaks the rule, as a sentence. */
export function outcomeOf(code: Code): string {
  const { reason, serverFails }: Rule = RULES[code];
  if (reason !== undefined) return `the API server refuses what breaks it, for the reason ${reason}`;
  if (serverFails === true) return "the API server fails on what breaks it, with an internal error (500)";
  if (Object.hasOwn(DECODE_RULES, code)) return "the API server cannot read what breaks it: a bad request (400)";
  if (Object.hasOwn(LOOSE_RULES, code))
    return "the API server drops what breaks it, with a warning; with fieldValidation Strict it refuses the object (400)";
  return "the API server warns of what breaks it";
}

/** Whether the server fails (500) on an object that breaks the rule, instead of refusing it. */
export function failsServer(code: Code): boolean {
  const rule: Rule = RULES[code];
  return rule.serverFails === true;
}
