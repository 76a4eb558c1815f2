import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { analyse, type Analysis } from "#src/editor/analysis/index.ts";
import type { Edit } from "#src/examine/edits/index.ts";
import { Claims, conflictsOfFile, type PossibleConflict } from "#src/examine/claims/index.ts";
import { type Context, examine } from "#src/examine/findings/index.ts";
import type { LocatedFinding } from "#src/examine/model/index.ts";
import { equalJson } from "#src/field/index.ts";
import { Lines, type TextRange } from "#src/text/document/index.ts";
import { contextOf } from "../contexts.ts";
import { drawText, FILES, ODD_TEXTS, textOf, TOO_MUCH } from "../samples.ts";

const CONTEXTS = {
  "as found": await contextOf(),
  "as named": { ...(await contextOf()), isNamed: true },
  "strictly, by policies": await contextOf({ strictFiles: true }, ["baseline", "consistency", "advice"]),
  "as a body": await contextOf({ assumeService: true, fieldValidation: "Warn" }),
} as const;

/** What the check and the editor say alike. */
interface Facts {
  readonly range: TextRange;
  readonly facts: string;
}

/** The findings of the check, with the conflicts of the file, in the words of diagnostics. */
function findingsOf(text: string, file: string, context: Context): readonly Facts[] {
  const lines = new Lines(text);
  const claims = new Claims();
  const possible: PossibleConflict[] = [];
  const found: Facts[] = [];
  for (const result of examine(text, file, { ...context, wantsEdits: true }, context.isNamed === true)) {
    if (result.type === "service") possible.push(...claims.add(result.claims, result.identity, file, [{ name: "" }]));
    if (result.type !== "finding") continue;
    const { finding, edit } = result;
    found.push({ range: lines.range(finding.region), facts: factsOf(finding, edit === undefined ? [] : [edit]) });
  }
  for (const conflict of conflictsOfFile(possible))
    found.push({ range: lines.range(conflict.region), facts: factsOf(conflict, []) });
  return found;
}

function factsOf(finding: Partial<LocatedFinding>, edits: readonly Edit[]): string {
  const { severity, rule, field, message, fix, policy, service, object, suppressed } = finding;
  const subject = service === undefined ? object : { kind: "Service", ...service };
  const isSuppressed = suppressed !== undefined;
  return JSON.stringify({ severity, rule, field, message, fix, policy, subject, isSuppressed, edits });
}

function diagnosticsOf({ diagnostics }: Analysis): readonly Facts[] {
  return diagnostics.map(
    ({ start, end, severity, code, field, message, advice, policy, subject, suppressed, fixes }) => {
      const isSuppressed = suppressed !== undefined;
      const edits = fixes.flatMap((fix) => (fix.isSafe ? fix.edits : []));
      const said = { severity, rule: code, field, message, fix: advice, policy, subject, isSuppressed, edits };
      return { range: { start, end }, facts: JSON.stringify(said) };
    },
  );
}

/** What of the analysis is not as the check has it. */
function differences(text: string, file: string, context: Context): object {
  const [expected, actual] = [findingsOf(text, file, context), diagnosticsOf(analyse(text, file, context))];
  const known = new Set(actual.map((one) => JSON.stringify(one)));
  return {
    facts: difference(expected, actual),
    places: expected.filter((one) => one.range.end > one.range.start && !known.has(JSON.stringify(one))),
    outOfSight: actual.filter(({ range }) => !isInSight(range, text)),
  };
}

function difference(expected: readonly Facts[], actual: readonly Facts[]): object | undefined {
  const [before, after] = [expected, actual].map((all) => all.map(({ facts }) => facts).sort());
  return equalJson(before, after) ? undefined : { before, after };
}

function isInSight({ start, end }: TextRange, text: string): boolean {
  return text === "" || (start >= 0 && end > start && end <= text.length);
}

const NONE = { facts: undefined, places: [], outOfSight: [] };

describe.each(Object.entries(CONTEXTS))("the diagnostics are the findings of the check: %s", (_name, context) => {
  test("files", () => {
    for (const file of FILES) expect({ file, ...differences(textOf(file), file, context) }).toEqual({ file, ...NONE });
  });

  test("odd texts", () => {
    for (const [name, text] of Object.entries(ODD_TEXTS))
      expect({ name, ...differences(text, "a/file.yaml", context) }).toEqual({ name, ...NONE });
  });

  test("drawn texts", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(differences(drawText(seed), "drawn.yaml", context)).toEqual(NONE);
      }),
      { numRuns: 25 },
    );
  });
});

test("of more findings than are reported, one says how many there are", () => {
  expect(differences(TOO_MUCH, "a.yaml", CONTEXTS["as named"])).toEqual(NONE);
});

/** What of an analysis can be compared. */
function comparable({ documents, diagnostics }: Analysis): unknown {
  return {
    diagnostics,
    documents: documents.map((document) => ({
      range: document.range,
      value: document.value,
      services: document.services,
      places: [document.rangeOf(["spec", "ports", 0], "value"), document.rangeOf(["spec"], "key")],
    })),
  };
}

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(30),
    insert: fc.constantFrom(
      "",
      " ",
      "\n",
      "---\n",
      "x",
      "{",
      '"',
      "kind: Service\n",
      "  nodePort: 30001\n",
      "\ufeff",
      "\r\n",
      "{{",
      "*",
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

test.each(Object.entries(CONTEXTS))("an analysis after edits is that of the text: %s", (_name, context) => {
  fc.assert(
    fc.property(fc.nat(), edits, (seed, changes) => {
      let text = drawText(seed);
      let analysis = analyse(text, "a.yaml", context);
      for (const { at, remove, insert } of changes) {
        const start = Math.floor(at * text.length);
        text = text.slice(0, start) + insert + text.slice(start + remove);
        analysis = analyse(text, "a.yaml", context, analysis);
      }
      expect(comparable(analysis)).toEqual(comparable(analyse(text, "a.yaml", context)));
    }),
    { numRuns: 25 },
  );
});

test("what is unchanged is taken from the analysis before, if it is of the same context and file", () => {
  const context = CONTEXTS["as found"];
  const [one, other] = ["apiVersion: v1\nkind: Service\n", "apiVersion: v1\nkind: Service\nmetadata: { name: b }\n"];
  const before = analyse(`${one}---\n${other}`, "a.yaml", context);
  const partsWith = (file: string, around: Context) => {
    const { parts } = analyse(`# new\n${one}---\n${other}`, file, around, before);
    return parts.map(({ part }) => before.parts.some((known) => known.part === part));
  };
  expect(partsWith("a.yaml", context)).toEqual([false, true]);
  expect(partsWith("b.yaml", context)).toEqual([false, false]);
  expect(partsWith("a.yaml", { ...context })).toEqual([false, false]);
});
