import { isObject } from "#src/field/json.ts";
import type { Draws } from "../draws.ts";
import { mutateText, yamlOf } from "./manifest-text.ts";
import { SERVICE_SEEDS, TEXT_SEEDS } from "./seeds.ts";

/**
 * Draws a text that looks like YAML: a manifest with a few changes, or made of YAML's own signs in an order that a grammar
 * might allow. Its subject is the dialect, so that most of the signs are those that readers disagree about.
 */
export function drawYamlText(draws: Draws): string {
  switch (draws.below(6)) {
    case 0:
      return mutateDialect(draws, mutateText(draws, draws.pick(TEXT_SEEDS), draws.below(3)));
    case 1:
    case 2:
      return mutateDialect(draws, yamlOf(draws, seedObject(draws)));
    case 3:
      return signs(draws, draws.between(1, 24));
    default:
      return drawn(draws);
  }
}

function seedObject(draws: Draws): unknown {
  const object: unknown = JSON.parse(draws.pick(SERVICE_SEEDS));
  return isObject(object) ? { kind: "Service", spec: object["spec"] } : object;
}

const SCALARS = [
  "a",
  "web",
  "80",
  "0x50",
  "0120",
  "08",
  "1_0",
  "1.5",
  ".5",
  "1e3",
  "yes",
  "NO",
  "on",
  "~",
  "null",
  "",
  "1:20",
  "-",
  "-a",
  "--",
  "---a",
  "..",
  "a:b",
  "a: b",
  ":a",
  "a:",
  "?a",
  "a?",
  "a#b",
  "a #b",
  "#b",
  "<<",
  "=",
  "http://x/y",
  "a,b",
  "[a]",
  "{a: b}",
  "a b",
  "a  b",
  "é",
  "𝄞",
  "–",
  "\u00a0a",
  "2001-01-01",
  ".inf",
  "@a",
  "`a`",
  "%a",
  "!a",
  "!!str",
  "!!str 1",
  "!!int 1",
  "!!int x",
  "!!binary aGk=",
  "!!binary x",
  "!",
  "! 1",
  "!<a> b",
  "!!null ''",
  "!!float 1",
  "!!bool yes",
  "!e!x y",
  "&a",
  "&a b",
  "*a",
  "*b",
  "&a-b_1 c",
  "&a.b c",
  "* a",
  "'a'",
  "'a''b'",
  "'a\n  b'",
  "'a\nb'",
  "'a\n\n b '",
  "'a'b",
  "'a' b",
  '"a"',
  '"a\\n\\x41\\u00e9"',
  '"\\q"',
  '"\\/"',
  '"\\ud800"',
  '"\\U0001f600"',
  '"a\n  b"',
  '"a\nb"',
  '"a\\\n  b"',
  '"a \\\n\n  b"',
  '"a"#c',
  '"a" #c',
  '"',
  "'",
  "|\n  x\n",
  "|-\n  x\n\n",
  "|+\n x\n\n",
  ">\n  x\n  y\n\n  z\n",
  ">-\n x\n   y\n z\n",
  "|2\n   x\n",
  "|1-\n  x\n",
  "|0\n x\n",
  "| x\n",
  "| # c\n  x\n",
  "|\n\tx\n",
  "|\n  x\n x\n",
  "[",
  "]",
  "{",
  "}",
  "[a, b]",
  "[a, b,]",
  "[,]",
  "[a b: c, ? d]",
  "[? a : b]",
  "[a\n, b\n]",
  "{a, b: c}",
  "{a:b}",
  "{a: b,}",
  '{"a":b}',
  '{"a"\n:b}',
  "{? a : b, ? c}",
  "{a: [b, {c: d}]}",
  "{a:{b: c}}",
  "{<<: *a, b: c}",
  "{k: -}",
  "{k: !!str}",
  "{k: &a}",
  "[-]",
  "[- a]",
  "[a#b]",
  "[a #b\n]",
  "{#c\n}",
  "[[[]]]",
  "a\n b",
  "a\n  b\n  c",
  "a\n\n  b",
  "a\n\tb",
  "a \t\n b",
] as const;

const BREAKS = [
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "\r\n",
  "\r",
  "\u0085",
  "\u2028",
  "\u2029",
  "\n\n",
  " \n",
  "\t\n",
  "\n\t",
  "\n# c\n",
  " # c\n",
] as const;

/** A text by a loose grammar of blocks, in which anything may be a scalar. */
function drawn(draws: Draws): string {
  const start = draws.pick([
    "",
    "",
    "",
    "",
    "",
    "---\n",
    "--- ",
    "%YAML 1.1\n---\n",
    "%TAG ! tag:x,1:\n---\n",
    "\ufeff",
    "...\n",
    "# c\n",
  ]);
  const end = draws.pick([
    "",
    "",
    "",
    "",
    "...\n",
    "---\nb: 1\n",
    "...\n---\nb: 1\n",
    "b: 1\n",
    " x\n",
    "--- x\n",
    "\ufeff",
  ]);
  const text = start + node(draws, draws.between(0, 2), 0, true) + end;
  return draws.oneIn(3) ? mutateDialect(draws, text) : text;
}

function node(draws: Draws, indent: number, depth: number, isRoot = false): string {
  const pad = " ".repeat(indent);
  const lineEnd = draws.oneIn(12) ? draws.pick(BREAKS) : "\n";
  const first = isRoot ? pad : "";
  if (depth > 3 || draws.oneIn(3)) return first + draws.pick(SCALARS) + lineEnd;
  const anchor = draws.oneIn(6)
    ? draws.pick(["&a", "&b", "!!map", "!!seq", "!x", "&a !!map"]) + draws.pick([" ", lineEnd + pad])
    : "";
  const items = Array.from(
    { length: draws.between(1, 3) },
    (_, i) => (i === 0 ? "" : pad) + item(draws, indent, depth),
  );
  const odd = draws.oneIn(15) ? " " : "";
  return first + anchor + odd + items.join("");
}

function item(draws: Draws, indent: number, depth: number): string {
  const inner = indent + draws.pick([0, 1, 2, 2, 2, 4]);
  const gap = draws.pick([" ", " ", " ", "  ", "\t", " \t", ""]);
  const nested = draws.oneIn(2) ? `\n${" ".repeat(inner)}` : gap;
  const value = node(draws, nested === gap ? indent + 2 : inner, depth + 1);
  switch (draws.below(5)) {
    case 0:
    case 1:
      return `-${nested}${value}`;
    case 2:
      return draws.oneIn(4)
        ? `? ${draws.pick(SCALARS)}\n${" ".repeat(indent)}:${nested}${value}`
        : `<<:${gap}${draws.pick(["*a", "*b", "[*a, *b]", "{a: b}", "x"])}\n`;
    default:
      return `${draws.oneIn(5) ? draws.pick(SCALARS) : draws.pick(["a", "b", "c", "'a'", '"b"', "1", "on"])}${draws.pick([":", ":", ":", ":", " :", "\n:"])}${nested}${value}`;
  }
}

function signs(draws: Draws, count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) {
    text += draws.oneIn(2)
      ? draws.pick(SCALARS)
      : draws.pick([...BREAKS, " ", " ", "  ", ": ", ":", "- ", "? ", ", ", ",", "\t", "[", "]", "{", "}"]);
  }
  return text;
}

/** Changes a text in up to three places, each by one of YAML's own signs. */
function mutateDialect(draws: Draws, text: string): string {
  let changed = text;
  for (let count = draws.below(4); count > 0; count--) {
    const at = draws.below(changed.length + 1);
    const cut = draws.oneIn(3) ? draws.between(1, 4) : 0;
    const sign = draws.oneIn(2) ? draws.pick(SCALARS) : draws.pick([...BREAKS, " ", "  ", "\t", ": ", "- "]);
    changed = changed.slice(0, at) + sign + changed.slice(at + cut);
  }
  return changed;
}
