import { describe, expect, it } from "@jest/globals";
import { FILES, Session } from "#playground/session/index.ts";
import { completeState, type PlaygroundState } from "#playground/state/index.ts";
import { exampleState, playgroundData } from "#scripts/playground-data.ts";
import { EXAMPLES } from "#site/catalogue/examples/index.ts";
import { TRAPS } from "#site/catalogue/traps/traps.ts";
import { analyse } from "#src/editor/analysis/index.ts";

const { sets, examples } = playgroundData();
const session = new Session(sets, "2026-11-28");

/** The rules that the page finds something of, in the manifest and in the answer. */
function rulesIn(part: Partial<PlaygroundState>): ReadonlySet<string> {
  const state = completeState(part);
  const { context, policies, beforeProblems } = session.open(state);
  expect([...policies.problems, ...beforeProblems]).toEqual([]);
  const { diagnostics } = analyse(state.manifest, FILES.manifest, context);
  return new Set(diagnostics.map(({ code }) => code));
}

/** The rule that an example is for; undefined for a trap that no rule finds. */
function ruleOf(code: string): string | undefined {
  return code.startsWith("yaml/") ? TRAPS[code.slice("yaml/".length)]?.rule : code;
}

describe.each(examples)("$title", ({ examples: cases }) => {
  it.each(cases)("$code is found in the bad text, with what comes with it, and not in the good one", (one) => {
    const { code, state } = one;
    const example = EXAMPLES[code];
    if (example === undefined) throw new Error(`no example ${code}`);
    const rule = ruleOf(code);
    const expected = [...(rule === undefined ? [] : [rule]), ...(example.also ?? [])];
    const found = rulesIn(state);
    expect([...found]).toEqual(expect.arrayContaining(expected));
    // The other objects, which are in the same text here, may have findings of their own.
    if (state.isComplete !== true) expect(found.size).toBe(expected.length);
    expect([...rulesIn(exampleState(example, "good"))]).not.toContain(rule);
  });
});
