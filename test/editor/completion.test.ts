import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { analyse, type Analysis } from "#src/editor/analysis/index.ts";
import { completionsAt } from "#src/editor/completion/index.ts";
import { hoverAt } from "#src/editor/hover/index.ts";
import type { Completion } from "#src/editor/model/index.ts";
import { valueAt } from "#src/field/index.ts";
import { readText } from "#src/text/index.ts";
import { contextOf } from "./contexts.ts";
import { FILES, textOf } from "./samples.ts";
import { type Situation, SITUATIONS } from "./situations.ts";
import { validText } from "./valid-texts.ts";

const CONTEXT = await contextOf();

function situated({ text, file = "a.yaml" }: Situation): { readonly analysis: Analysis; readonly offset: number } {
  const offset = text.lastIndexOf("|");
  return { analysis: analyse(text.slice(0, offset) + text.slice(offset + 1), file, CONTEXT), offset };
}

function applied({ text }: Analysis, { range, text: inserted }: Completion): string {
  return text.slice(0, range.start) + inserted + text.slice(range.end);
}

describe.each(Object.entries(SITUATIONS))("%s", (_name, situation) => {
  const { analysis, offset } = situated(situation);
  const completions = completionsAt(analysis, offset);
  const labels = completions.toSorted((a, b) => a.rank - b.rank).map(({ label }) => label);

  test("what is offered", () => {
    const { offered, notOffered = [] } = situation;
    expect(labels).toEqual(expect.arrayContaining([...offered]));
    expect(labels.filter((label) => notOffered.includes(label))).toEqual([]);
    if (offered.length === 0) expect(labels).toEqual([]);
  });

  test("each offer, once applied, parses and is in its place", () => {
    const { at, isValue = false } = situation;
    const wrong = completions.flatMap((one) => {
      const text = applied(analysis, one);
      const { documents, problems } = readText(text, { format: "auto" });
      const found = documents.some((document) =>
        isValue
          ? String(valueAt(document.value, at)) === one.label
          : document.rangeOf([...at, one.label], "key") !== undefined,
      );
      return found && problems.length === 0 ? [] : [{ label: one.label, text, problems }];
    });
    expect(wrong.slice(0, 2)).toEqual([]);
  });
});

test("an empty document becomes a Service or a policy", () => {
  for (const text of ["|", "\ufeff|", "kind: Deployment\n---\n|", "Serv|", "\ufeffServ|"]) {
    const { analysis, offset } = situated({ text, at: [], offered: [] });
    const skeletons = completionsAt(analysis, offset).filter(({ text: inserted }) => inserted.includes("spec:"));
    expect(skeletons.map(({ label }) => label)).toEqual(["Service", "ServicePolicy"]);
    for (const one of skeletons) {
      const { documents, problems } = readText(applied(analysis, one), { format: "auto" });
      expect(problems).toEqual([]);
      expect(valueAt(documents.at(-1)?.value, ["kind"])).toBe(one.label);
    }
  }
});

test("nowhere does a hover or a completion fail, and all ranges are in the text", () => {
  const texts = fc.oneof(validText, fc.constantFrom(...FILES).map(textOf));
  const cut = fc.tuple(texts, fc.nat(), fc.nat(), fc.boolean()).map(([text, at, length, isCut]) => {
    const start = at % (text.length + 1);
    return isCut ? text.slice(0, start) + text.slice(start + (length % 20)) : text;
  });
  fc.assert(
    fc.property(cut, fc.nat(), (text, at) => {
      const offset = at % (text.length + 1);
      const analysis = { ...analyse("", "a.yaml", CONTEXT), text };
      const hover = hoverAt(analysis, offset);
      const replaced = completionsAt(analysis, offset).map(({ range }) => range);
      expect(replaced.filter(({ start, end }) => text.slice(start, end).includes("\n"))).toEqual([]);
      const ranges = [...(hover === undefined ? [] : [hover]), ...replaced];
      for (const { start, end } of ranges) {
        expect(0 <= start && start <= offset && offset <= end && end <= text.length).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
