import { isObject } from "#src/field/json.ts";
import type { Draws } from "../draws.ts";
import { mutate } from "./json.ts";
import { mutateText, yamlOf } from "./manifest-text.ts";
import { SERVICE_SEEDS, TEXT_SEEDS } from "./seeds.ts";
import { drawYamlText } from "./yaml-text.ts";

/**
 * Draws the content of a file that is given to kubectl: one or more documents of YAML or JSON with what may stand between
 * them, in one of the encodings. Its subject is how a file becomes documents; most of them have a kind, since kubectl shows
 * the value of such.
 */
export function drawFileBytes(draws: Draws): Buffer {
  const count = draws.pick([1, 1, 1, 1, 2, 2, 3, 5]);
  const usual = draws.oneIn(4) ? undefined : "\n---\n";
  let text = draws.oneIn(8) ? draws.pick(STARTS) : "";
  for (let index = 0; index < count; index++) {
    if (index > 0) text += usual ?? draws.pick(BETWEEN);
    text += document(draws);
  }
  if (draws.oneIn(12)) text += draws.pick(BETWEEN);
  if (draws.oneIn(12)) text = mutateText(draws, text, 1);
  if (draws.oneIn(3)) text = text.replace(/\r?\n$/, draws.pick(["", "", "\r", "\n\n", "\n ", "\r\r\n"]));
  return encoded(draws, text.toWellFormed());
}

/** What may stand before the first document. */
const STARTS = [
  "---\n",
  "---\r\n",
  "--- # c\n",
  "--- \n---\n",
  "\n\n",
  "# c\n",
  "# c\n---\n",
  "\ufeff",
  "\ufeff\ufeff",
  "\ufeff---\n",
  " ",
  "\t",
  "\u00a0",
  "\u0085",
  "\u2028",
  "\v",
  "\f",
  "%YAML 1.1\n",
  "%YAML 1.1\n---\n",
  "%TAG !e! tag:e,1:\n---\n",
  "...\n",
  "null\n---\n",
  "{}\n",
  "[]\n---\n",
  "// c\n",
  // kubectl looks for a brace in the first 4096 bytes.
  " ".repeat(4095),
  "\n".repeat(4096),
  `#${"c".repeat(5000)}\n`,
];

/** What may stand between two documents, or be meant to. */
const BETWEEN = [
  "\n---\n",
  "\n---\n",
  "\n---\n",
  "\n---\n",
  "\n---\n",
  "\n",
  "\n",
  "",
  " ",
  ",",
  ",\n",
  "---\n",
  "\n--- \n",
  "\n---\t\n",
  "\n---\r\n",
  "\r\n---\r\n",
  "\r---\r",
  "\n---\u0085\n",
  "\n---\u00a0\n",
  "\n---\u2028\n",
  "\n---\ufeff\n",
  "\n--- # c\n",
  "\n---# c\n",
  "\n---\n---\n",
  "\n---\n\n---\n",
  "\n---\n# c\n---\n",
  "\n---\nnull\n---\n",
  "\n---x\n",
  "\n--- x\n",
  "\n----\n",
  "\n ---\n",
  "\n--- {a: b}\n",
  "\n--- |\n",
  "\n...\n",
  "\n...\n---\n",
  "\n... # c\n",
  "\n%YAML 1.1\n---\n",
  "\n---\n%YAML 1.1\n",
  "\n---\n\ufeff",
  "\ufeff",
  "\n\ufeff",
  "\n# c\n",
  "\n// c\n",
  "\n/* c */\n",
  "\u0000",
  "}",
  "\n}\n",
  "]",
  "\n---\n}\n",
];

function document(draws: Draws): string {
  switch (draws.below(18)) {
    case 0:
      return drawYamlText(draws);
    case 1:
      return `kind: K\n${drawYamlText(draws)}`;
    case 2:
      return mutateText(draws, draws.pick(TEXT_SEEDS), draws.oneIn(4) ? 1 : 0);
    case 3:
    case 5:
    case 6:
    case 7:
      return yamlOf(draws, seed(draws));
    case 4:
      return `kind: K\nv:${draws.pick([" ", "\n  ", "\n"])}${drawYamlText(draws)}`;
    default:
      return json(draws);
  }
}

function seed(draws: Draws): unknown {
  const object: unknown = JSON.parse(draws.pick(SERVICE_SEEDS));
  if (draws.oneIn(2)) mutate(draws, object, 2);
  // Small objects say as much about the text as large ones do.
  return isObject(object) && draws.oneIn(2) ? { kind: "Service", spec: object["spec"] } : object;
}

/** JSON, with the changes that people make to it and that JSON does not have. */
function json(draws: Draws): string {
  const value = draws.oneIn(3) ? { kind: "K", v: draws.pick(VALUES) } : seed(draws);
  let text = JSON.stringify(value, undefined, draws.pick(["", "", "  ", "\t", " "]));
  if (draws.oneIn(4)) text = text.replace("{", `{${draws.pick(FIELDS)},`);
  for (let times = draws.pick([0, 0, 0, 0, 1, 1, 2]); times > 0; times--) {
    const at = signs(text);
    const [found] = at.length > 0 ? [draws.pick(at)] : [0];
    const cut = draws.oneIn(4) ? 1 : 0;
    text = text.slice(0, found + 1 - cut) + draws.pick(IN_JSON) + text.slice(found + 1);
  }
  return draws.oneIn(30) ? text.slice(0, draws.below(text.length + 1)) : text;
}

/** Where JSON's own signs stand in a text. */
function signs(text: string): number[] {
  return Array.from(text.matchAll(/[{}[\],:"]/g), ({ index }) => index);
}

const VALUES = [
  0,
  -0,
  1.5,
  1e21,
  1e-7,
  2 ** 53 + 2,
  "",
  "a\u2028b",
  "<&>",
  "é𝄞",
  "\u007f",
  "\ufeff",
  [[]],
  {},
  { "": 1 },
  { __proto__x: 1 },
  null,
  true,
  "---",
  "\n---\n",
];

/** Members that are put into an object; its own later ones may repeat them. */
const FIELDS = [
  '"kind":"L"',
  '"Kind":"L"',
  '"v":{"x":1},"v":{"y":2}',
  '"v":[{"x":1}],"v":[{"y":2}]',
  '"v":1,"v":null',
  '"v":01',
  '"v":+1',
  '"v":.5',
  '"v":1.',
  '"v":1e5',
  '"v":1.0',
  '"v":-0',
  '"v":1e400',
  '"v":0x10',
  '"v":9223372036854775807',
  '"v":9223372036854775808',
  '"v":18446744073709551616',
  '"v":NaN',
  '"v":Infinity',
  '"v":True',
  '"v":yes',
  '"v":undefined',
  '"<<":{"x":1}',
  '"v":&a 1',
  '"v":*a',
  '"v":!!str 1',
  '"__proto__":{"x":1}',
];

/** What is put behind one of JSON's own signs, or in place of it. */
const IN_JSON = [
  ",",
  ",,",
  " ",
  "\n",
  "\t",
  "\r\n",
  "\u00a0",
  "\u2028",
  "\u0085",
  "\ufeff",
  "\u0000",
  "\u0001",
  "\u007f",
  "# c\n",
  " # c\n",
  "// c\n",
  "/* c */",
  "\n---\n",
  "\n---x\n",
  "\n...\n",
  "'",
  '"',
  "\\",
  "\\'",
  "\\x41",
  "\\u00e9",
  "\\ud800",
  "\\ud834\\udd1e",
  "\\U0001f600",
  "\\/",
  "v: 1,",
  "'v': 1,",
  "? ",
  "- ",
  "{",
  "}",
  "[",
  "]",
  ":",
];

/** The bytes of a text, mostly as UTF-8; a few are damaged. */
function encoded(draws: Draws, text: string): Buffer {
  switch (draws.below(24)) {
    case 0:
      return Buffer.from(`\ufeff${text}`);
    case 1:
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case 2:
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    case 3: {
      const bytes = draws.oneIn(2) ? Buffer.from(text, "utf16le") : Buffer.from(`\ufeff${text}`, "utf16le");
      return draws.oneIn(4) ? bytes.subarray(0, -1) : bytes;
    }
    case 4: {
      const bytes = Buffer.from(text);
      const at = draws.below(bytes.length + 1);
      const odd = draws.pick([
        [0xe9],
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf5, 0x80, 0x80, 0x80],
        [0xef, 0xbb],
      ]);
      return draws.oneIn(4) ? Buffer.concat([bytes.subarray(0, at), Buffer.from(odd), bytes.subarray(at)]) : bytes;
    }
    default:
      return Buffer.from(text);
  }
}
