import { describe, expect, it } from "@jest/globals";
import { type CatalogueExample, EXAMPLES } from "#site/catalogue/examples/index.ts";
import { cataloguePages } from "#site/catalogue/pages.ts";
import { ENGINE_EXAMPLES } from "#site/catalogue/examples/engine.ts";
import { OWN_EXAMPLES } from "#site/catalogue/own/own.ts";
import { type Outcome, outcomeOf } from "#site/catalogue/run/run-example.ts";
import { TRAPS } from "#site/catalogue/traps/traps.ts";
import { CHECK_RULES } from "#src/examine/findings/rule-texts.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { MESSAGES } from "#src/service/messages/messages.ts";

const rulesOf = ({ findings }: Outcome): readonly string[] => findings.map(({ rule }) => rule);

/** What the good text must not have: errors, and the rule itself. */
const faultsOf = ({ findings }: Outcome, rule: string | undefined): readonly string[] =>
  findings.filter((one) => one.severity === "error" || one.rule === rule).map((one) => one.rule);

/** The rule that an entry is about; undefined for a trap that no rule finds. */
function ruleOf(entry: string): string | undefined {
  return entry.startsWith("yaml/") ? TRAPS[entry.slice("yaml/".length)]?.rule : entry;
}

describe.each(Object.entries<CatalogueExample>(EXAMPLES))("%s", (entry, example) => {
  const rule = ruleOf(entry);

  it("is found in the bad text and is all there is, and not in the good one", async () => {
    const [bad, good] = [await outcomeOf(example, "bad"), await outcomeOf(example, "good")];
    const expected = [...(rule === undefined ? [] : [rule]), ...(example.also ?? [])];
    expect([...new Set(rulesOf(bad))].sort()).toEqual(expected.sort());
    expect(faultsOf(good, rule)).toEqual([]);
    // What a fix makes is the good text: examples and fixes say the same.
    if (bad.fixed !== example.bad) expect(bad.fixed).toBe(example.good);
    if (example.goodSettings === undefined) expect(good.fixed).toBe(example.good);
  });
});

it("has an entry for every rule, and for nothing else", () => {
  const rules = [...Object.keys(MESSAGES), ...Object.keys(CHECK_RULES), ...RULES.map(({ id }) => `policy/${id}`)];
  const entries = [...Object.keys(ENGINE_EXAMPLES), ...Object.keys(OWN_EXAMPLES), ...Object.keys(EXAMPLES)];
  expect([...new Set(entries)].filter((entry) => !entry.startsWith("yaml/")).sort()).toEqual(rules.sort());
});

describe("the pages", () => {
  it("say of each entry what it is, and hold nothing that the site's generator would evaluate", async () => {
    const pages = await cataloguePages();
    const paths = new Set(pages.map(({ path }) => path));
    const entries = [...Object.keys({ ...ENGINE_EXAMPLES, ...OWN_EXAMPLES }).map((code) => `findings/${code}`)];
    const rules = RULES.map(({ id }) => `rules/${id}`);
    const traps = Object.keys(TRAPS).map((name) => `yaml/${name}`);
    expect([...entries, ...rules, ...traps].filter((path) => !paths.has(path))).toEqual([]);
    const open = pages.filter(({ markdown }) =>
      /\{\{|<[a-z/!]/i.test(markdown.replaceAll(/^(`{3,})[^]*?^\1$/gm, "").replaceAll(/`[^`\n]*`/g, "")),
    );
    expect(open.map(({ path }) => path)).toEqual([]);
    expect(pages.filter(({ title, description }) => title === "" || description === "")).toEqual([]);
  });
});
