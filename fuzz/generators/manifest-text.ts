import { isObject } from "#src/field/json.ts";
import type { Draws } from "../draws.ts";
import { typo } from "./json.ts";

/** Renders a JSON value as YAML in the many ways that people write it, with comments, quotes, and misspelt fields. */
export function yamlOf(draws: Draws, value: unknown): string {
  const style: Style = {
    draws,
    step: draws.pick([2, 2, 2, 4, 1]),
    comments: draws.oneIn(2),
    typos: draws.oneIn(3),
    quotes: draws.pick(['"', "'", ""]),
    flow: draws.pick([3, 8, 1000]),
  };
  const text = block(style, value, 0);
  return draws.oneIn(12) ? text.replaceAll("\n", "\r\n") : text;
}

interface Style {
  readonly draws: Draws;
  /** The indentation of each level, in spaces. */
  readonly step: number;
  readonly comments: boolean;
  readonly typos: boolean;
  /** The quotes that are sometimes put around scalars that need none. */
  readonly quotes: string;
  /** One in this many lists and maps is written in flow style. */
  readonly flow: number;
}

function block(style: Style, value: unknown, depth: number): string {
  if (isFilled(value) && depth > 0 && style.draws.oneIn(style.flow))
    return ` ${flowOf(style, value)}${comment(style)}\n`;
  const indent = " ".repeat(style.step * depth);
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item) => {
      const text = block(style, item, depth + 1);
      // The first line of a map or list follows the dash, aligned with the lines below it.
      return isFilled(item) && text.startsWith("\n") && style.step > 1
        ? `${indent}-${text.slice(1 + indent.length + 1)}`
        : `${indent}-${text}`;
    });
    return `\n${items.join("")}`.slice(depth === 0 ? 1 : 0);
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const fields = Object.entries(value).map(
      ([key, inner]) => `${above(style, indent)}${indent}${keyOf(style, key)}:${block(style, inner, depth + 1)}`,
    );
    return `\n${fields.join("")}`.slice(depth === 0 ? 1 : 0);
  }
  return ` ${scalar(style, value)}${comment(style)}\n`;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

function flowOf(style: Style, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => flowOf(style, item)).join(", ")}]`;
  if (!isObject(value)) return scalar(style, value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${keyOf(style, key)}: ${flowOf(style, inner)}`)
    .join(", ")} }`;
}

/** Texts that YAML reads as strings without quotes. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const TURNED = /^(true|false|yes|no|on|off|y|n|null)$/i;

function keyOf(style: Style, key: string): string {
  const name = style.typos && style.draws.oneIn(8) ? typo(style.draws, key) : key;
  return PLAIN.test(name) && !TURNED.test(name) ? name : JSON.stringify(name);
}

function scalar(style: Style, value: unknown): string {
  const { draws, quotes } = style;
  if (typeof value === "number" || typeof value === "boolean") {
    return draws.oneIn(12) ? `${quotes}${value}${quotes}` : String(value);
  }
  if (typeof value !== "string") return JSON.stringify(value ?? null);
  if (PLAIN.test(value) && (!TURNED.test(value) || draws.oneIn(4))) {
    const text = style.typos && draws.oneIn(12) ? value.toLowerCase() : value;
    return draws.oneIn(4) ? `${quotes}${text}${quotes}` : text;
  }
  return /^[0-9a-f:.]+$/.test(value) && draws.oneIn(2) && !value.startsWith(":") ? value : JSON.stringify(value);
}

const COMMENTS = ["# note", "#", "# a: b", "# 'quoted\"", "# é 𝄞", "# - x"];

function comment({ draws, comments }: Style): string {
  return comments && draws.oneIn(5) ? ` ${draws.pick(COMMENTS)}` : "";
}

function above({ draws, comments }: Style, indent: string): string {
  return comments && draws.oneIn(10) ? `${indent}${draws.pick(COMMENTS)}\n` : "";
}

/** Strings with a meaning in YAML, JSON, templates or terminals. */
const PIECES = [
  "\n",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "&a ",
  "*a",
  "<<: *a\n",
  "!!str ",
  "!!binary ",
  "? ",
  ": ",
  "- ",
  "|\n",
  ">-\n",
  "\t",
  "{",
  "}",
  "[",
  "]",
  ",",
  '"',
  "'",
  "#",
  "{{ .x }}",
  "\u0000",
  "\u2028",
  "\ufeff",
  "\u001b[31m",
  "\r",
  "kind: Service\n",
  "kind: List\nitems:\n",
  "0x1f",
  "1_000",
  "12:30",
  "~",
  "__proto__: 1\n",
  "\ud800",
  "targetport: 80\n",
  "target-port: 80\n",
];

/** Changes a text in a few places: inserts pieces, and removes, duplicates or moves ranges and lines. */
export function mutateText(draws: Draws, text: string, times: number): string {
  let changed = text;
  for (let i = 0; i < times; i++) changed = mutateOnce(draws, changed);
  return changed;
}

function mutateOnce(draws: Draws, text: string): string {
  const at = draws.below(text.length + 1);
  switch (draws.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + draws.between(1, 8));
    case 1: {
      const line = lineAt(text, at);
      return text.slice(0, line.start) + text.slice(line.end);
    }
    case 2: {
      const line = lineAt(text, at);
      return text.slice(0, line.end) + text.slice(line.start, line.end) + text.slice(line.end);
    }
    case 3: {
      const line = lineAt(text, at);
      return `${text.slice(0, line.start)}${" ".repeat(draws.between(1, 3))}${text.slice(line.start)}`;
    }
    default:
      return text.slice(0, at) + draws.pick(PIECES) + text.slice(at);
  }
}

function lineAt(text: string, at: number): { readonly start: number; readonly end: number } {
  const end = text.indexOf("\n", at);
  return { start: text.lastIndexOf("\n", at - 1) + 1, end: end === -1 ? text.length : end + 1 };
}

/** The maximum length: longer texts show nothing new. */
const LONGEST = 200_000;

/** The text with one of its lines, ranges or pieces repeated many times. */
export function lengthen(draws: Draws, text: string): string {
  const at = draws.below(text.length + 1);
  const line = lineAt(text, at);
  const what = draws.pick([
    text.slice(line.start, line.end),
    text.slice(at, at + draws.between(1, 40)),
    draws.pick(PIECES),
  ]);
  const times = Math.min(draws.scaled(100, 50_000), Math.floor(LONGEST / Math.max(1, what.length)));
  return text.slice(0, line.end) + what.repeat(times) + text.slice(line.end);
}
