import { Document, isScalar, Scalar, type Tags, visit } from "yaml";

/** What a reader does not see, what a runner of CI could take for a command to itself, and a key that merges in 1.1. */
const UNPLAIN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*::|##|^<<$/u;
/** What is left of it within quotes. */
const TO_ESCAPE = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u007f-\u009f]|#(?=#)/gu;

/**
 * YAML that a reader of 1.1 (and of 1.2) reads as what it is. Text that is not plain stands in quotes, in one line, with
 * escapes: it neither moves a terminal's cursor, nor hides, nor begins a line.
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
  // Nothing of it stands outside of quotes.
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    .replace(TO_ESCAPE, escaped);
}

/** Nothing merges in what is written here; the library writes a key that could without the quotes that it is given. */
function withoutMerges(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:merge");
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
