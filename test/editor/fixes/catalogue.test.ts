import { describe, expect, test } from "@jest/globals";
import { EXAMPLES } from "#site/catalogue/examples/index.ts";
import { contextOf } from "#site/catalogue/run/run-example.ts";
import { objectYaml } from "#src/examine/yaml/index.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { manifest, policies } from "#test/policy/support.ts";
import { contextOf as plainContext } from "../contexts.ts";
import { analyse, type Analysis } from "#src/editor/analysis/index.ts";
import { fixAll, fixesAt } from "#src/editor/fixes/index.ts";
import type { Diagnostic, Fix } from "#src/editor/model/index.ts";
import { applyEdits } from "#src/examine/edits/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { fixText } from "#src/examine/fixes/index.ts";

const FILE = "service.yaml";

/** How many fixes were looked at: safe ones, and all. */
const seen = { safe: 0, all: 0 };

/** What is wrong with the fixes of a text: nothing. */
function faultsOf(text: string, context: Context): readonly string[] {
  const analysis = analyse(text, FILE, context);
  const fixed = fixText(text, FILE, context).text;
  const faults = analysis.diagnostics.flatMap((diagnostic) => {
    const offered = fixesAt(analysis, diagnostic).filter((one) => one.diagnostic === diagnostic);
    const lacking = diagnostic.fixes.filter(({ title }) => !offered.some(({ fix }) => fix.title === title));
    return [
      ...lacking.map(({ title }) => `${diagnostic.code}: not offered: ${title}`),
      ...offered.flatMap(({ fix }) => faultsOfFix(fix, diagnostic, analysis, fixed)),
    ];
  });
  return applyEdits(text, fixAll(analysis)).text === fixed ? faults : [...faults, "not what --fix makes"];
}

function faultsOfFix(fix: Fix, diagnostic: Diagnostic, analysis: Analysis, fixed: string): readonly string[] {
  const { text, file, context } = analysis;
  seen.all++;
  if (fix.isSafe) seen.safe++;
  const after = applyEdits(text, fix.edits).text;
  const alike = ({ diagnostics }: Analysis): number =>
    diagnostics.filter(({ code, field }) => code === diagnostic.code && field === diagnostic.field).length;
  const said = `${diagnostic.code}: ${fix.title}`;
  const isGone = alike(analyse(after, file, context)) < alike(analysis);
  const isOnTheWay = !fix.isSafe || fixText(after, file, context).text === fixed;
  return [...(isGone ? [] : [`${said}: does not help`]), ...(isOnTheWay ? [] : [`${said}: not what --fix makes`])];
}

const PLAIN = { ...(await plainContext()), isNamed: true };

const examples = Object.entries(EXAMPLES).filter(
  ([, { filler, onlyInRequests }]) => filler === undefined && onlyInRequests === undefined,
);

describe("of the examples of the catalogue, each fix helps, and the safe ones are those of check --fix", () => {
  test.each(examples)("%s", async (_rule, example) => {
    for (const text of [example.bad, example.good]) {
      const context = { ...(await contextOf(example, text)), isNamed: true };
      expect(faultsOf(text, context)).toEqual([]);
    }
  });
});

test.each(RULES.map((rule) => [rule.id, rule] as const))(
  "of the examples of a rule, too: %s",
  (id, { examples: { bad, good } }) => {
    for (const { parameters, cluster = "ipv4", namespace = "team-a", others, old, ...example } of [...bad, ...good]) {
      if (others !== undefined || old !== undefined) continue;
      const settings = { ...PLAIN.settings, cluster: PROFILES[cluster] };
      const set = policies({ allowAnnotation: true, rules: [{ rule: id, ...(parameters && { parameters }) }] });
      const text = objectYaml(manifest({ ...example, metadata: { namespace, ...example.metadata } }));
      expect(faultsOf(text, { ...PLAIN, settings, policies: set })).toEqual([]);
    }
  },
);

test("there were fixes of both kinds", () => {
  expect(seen.safe).toBeGreaterThan(15);
  expect(seen.all).toBeGreaterThan(70);
});
