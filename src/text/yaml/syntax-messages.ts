import type { ErrorCode } from "yaml";

/** Our messages for YAML syntax errors, by the library's codes; for other codes the library's own message is used. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: "a tab indents this line; YAML allows spaces only",
  BAD_SCALAR_START: "a value cannot start with this character; put it in quotes",
  BAD_DQ_ESCAPE: "this escape is unknown between double quotes; write \\\\ for a backslash, or use single quotes",
  BLOCK_AS_IMPLICIT_KEY: "a second `key: value` stands on one line; put it on its own line, or the value in quotes",
  MULTILINE_IMPLICIT_KEY: "a line of `key: value` is expected here, but no colon follows the key",
  KEY_OVER_1024_CHARS: "a key is longer than 1024 characters",
  MULTIPLE_ANCHORS: "a value has two anchors; one is allowed",
  MULTIPLE_TAGS: "a value has two tags; one is allowed",
  ALIAS_PROPS: "an alias can have neither anchor nor tag of its own",
  BAD_ALIAS: "the name of this anchor or alias is empty or has characters that it cannot have",
};

/** The message for an error of the YAML library. */
export function syntaxMessage(code: ErrorCode, message: string): string {
  return `this is no YAML: ${MESSAGES[code] ?? message.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}`;
}
