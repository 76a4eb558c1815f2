import { lazily } from "../../field/index.ts";
import { type CheckOption, optionKey, OPTIONS } from "../../examine/settings/index.ts";
import { NAMED_SETS } from "../../policy/files/index.ts";
import { NEWEST_KNOWN, OLDEST_KNOWN, versionText } from "../../service/versions/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import { entryOf } from "./entry-of.ts";
import { bullets, code, type Expected, type FieldWord, paragraphs, RANKS, type Word } from "./word.ts";

/** The options that `.fairlead.yaml` may have, by their keys. */
const optionsByKey = lazily(
  (): ReadonlyMap<string, CheckOption> =>
    new Map(
      OPTIONS.filter(({ inFile }) => inFile).map((option): [string, CheckOption] => [optionKey(option.flag), option]),
    ),
);

/** What the place in `.fairlead.yaml` takes; undefined for an option that it cannot have. */
export function settingsExpected(keys: KeyPath): Expected | undefined {
  const [key, index, ...rest] = keys;
  if (key === undefined) return { type: "object", fields: fieldWords };
  const option = typeof key === "string" ? optionsByKey().get(key) : undefined;
  if (option === undefined || rest.length > 0) return undefined;
  return index === undefined ? expected(option) : expected(option).items;
}

function fieldWords(): readonly FieldWord[] {
  return [...optionsByKey()].map(([label, option], index) => ({
    label,
    kind: "field",
    detail: option.help,
    help: optionPage(label, option),
    takes: expected(option),
    rank: RANKS.usual + index,
  }));
}

/** Values that are often meant, of options that take others, too. */
const COMMON_VALUES: Readonly<Record<string, () => readonly Omit<Word, "rank">[]>> = {
  "kubernetes-version": () =>
    Array.from({ length: NEWEST_KNOWN.minor - OLDEST_KNOWN.minor + 1 }, (_, index) => ({
      label: versionText({ minor: NEWEST_KNOWN.minor - index }),
    })),
  policy: () => NAMED_SETS.map((label) => ({ label })),
  sets: () => [
    { label: ".", detail: "all files are applied together" },
    { label: "*", detail: "each folder is applied on its own" },
    { label: "teams/*", detail: "each folder in teams is applied on its own" },
  ],
};

function expected({ flag, value, isList, choices }: CheckOption): Expected {
  const all = value === undefined ? ["true", "false"] : choices;
  const words = (): readonly Omit<Word, "rank">[] =>
    all?.map((label) => ({ label })) ?? entryOf(COMMON_VALUES, flag)?.() ?? [];
  const values = (): readonly Word[] => words().map((word, rank) => ({ ...word, rank }));
  if (value === undefined) return { type: "boolean", values };
  const one: Expected = { type: "text", isText: true, values };
  return isList === true ? { type: "list", items: one } : one;
}

function optionPage(key: string, { flag, value, help, choices }: CheckOption): string {
  const facts = [
    `on the command line: ${code(value === undefined ? `--${flag}` : `--${flag} ${value}`)}`,
    ...(choices === undefined ? [] : [`values: ${choices.map(code).join(", ")}`]),
  ];
  return paragraphs(code(key), `${help.charAt(0).toUpperCase()}${help.slice(1)}.`, bullets(facts));
}

/** The help for a key or a value of `.fairlead.yaml`, in Markdown; undefined for an option that it cannot have. */
export function settingsPage([key]: KeyPath): string | undefined {
  const option = typeof key === "string" ? optionsByKey().get(key) : undefined;
  return option === undefined || typeof key !== "string" ? undefined : optionPage(key, option);
}
