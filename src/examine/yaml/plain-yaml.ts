import { Document, isScalar, Scalar, type Tags, visit } from "yaml";

/**
 * Texts to quote: with invisible characters, with what a CI runner could take for a workflow command, or `<<`, which is
 * a merge key in YAML 1.1.
 */
const UNPLAIN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*::|##|^<<$/u;
/** Characters that must also be escaped within quotes. */
const TO_ESCAPE = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u007f-\u009f]|#(?=#)/gu;

/**
 * Writes YAML that YAML 1.1 and 1.2 readers read alike. Text that is not plain is quoted and escaped, in one line: it
 * cannot move a terminal's cursor, hide characters or begin a line.
 */
export function plainYaml(value: unknown): string {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false, customTags: withoutMerges });
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === "string" && UNPLAIN.test(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  // Quoting above has put all of these characters within quotes.
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    .replace(TO_ESCAPE, escaped);
}

/**
 * Removes the merge tag: nothing is merged here, and with the tag, the library would write the key `<<` without its
 * quotes.
 */
function withoutMerges(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:merge");
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
