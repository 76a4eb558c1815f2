import { describe, expect, it } from "@jest/globals";
import { TextAnswers } from "#playground/answer/index.ts";
import { FILES, Session } from "#playground/session/index.ts";
import { completeState, type PlaygroundState } from "#playground/state/index.ts";
import { exampleState, playgroundData } from "#scripts/playground-data.ts";
import { EXAMPLES } from "#site/catalogue/examples/index.ts";
import { TRAPS } from "#site/catalogue/traps/traps.ts";
import { analyse } from "#src/editor/analysis/index.ts";
import { CHECK_RULES } from "#src/examine/findings/rule-texts.ts";

const { sets, examples } = playgroundData();
const session = new Session(sets, "2026-11-28");

/** What no client sends to the endpoint of Services. */
const UNSENT: ReadonlySet<string> = new Set(["wrong-kind"]);

/** The rules of which the page finds something in the text, and those that take part in its answer. */
function rulesIn(part: Partial<PlaygroundState>): Readonly<Record<"found" | "answered", ReadonlySet<string>>> {
  const state = completeState(part);
  const opened = session.open(state);
  const { context, policies, beforeProblems } = opened;
  expect([...policies.problems, ...beforeProblems]).toEqual([]);
  const analysis = analyse(state.manifest, FILES.manifest, context);
  const { diagnostics } = analysis;
  const { answers } = new TextAnswers().of(opened, analysis);
  const statements = answers.flatMap(({ steps }) => steps.flatMap((step) => step.statements));
  return {
    found: new Set(diagnostics.map(({ code }) => code)),
    answered: new Set(statements.flatMap(({ rule }) => (rule === undefined ? [] : [rule.id]))),
  };
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
    const { found, answered } = rulesIn(state);
    expect([...found]).toEqual(expect.arrayContaining(expected));
    // The other objects, which are in the same text here, may have findings of their own.
    if (state.isComplete !== true) expect(found.size).toBe(expected.length);
    // What the check says by itself is no answer of a server.
    if (rule !== undefined && !Object.hasOwn(CHECK_RULES, rule) && !UNSENT.has(rule))
      expect([...answered]).toContain(rule);
    const good = rulesIn(exampleState(example, "good"));
    expect([...good.found, ...good.answered]).not.toContain(rule);
  });
});
