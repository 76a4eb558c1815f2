import { describe, expect, it } from "@jest/globals";
import { withFingerprints } from "#src/check/fingerprints/fingerprinted.ts";
import { makeContext } from "#src/check/context/context.ts";
import { examine } from "#src/examine/findings/examine.ts";
import { MAX_FINDINGS_PER_FILE } from "#src/examine/findings/finding-limit.ts";
import { ruleTexts } from "#src/examine/findings/rule-texts.ts";
import { fixText } from "#src/examine/fixes/index.ts";
import { RunResults } from "#src/check/run/run-results.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";
import { createReporter, isReportFormat, REPORT_FORMATS } from "#src/reports/reporter.ts";

/** With a text eight times as long, linear work takes eight times as long, quadratic work 64 times. */
const GROWTH = 8;
const MAX_SLOWDOWN = 27;
/** Shorter times cannot be distinguished from the noise of a busy machine. */
const MIN_MS = 20;

const HEAD = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
const PORTS = "spec:\n  ports: [{ port: 80 }]\n";
const ITEM = '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"port":0}]}}';

function repeat(n: number, make: (index: number) => string): string {
  return Array.from({ length: n }, (_, index) => make(index)).join("");
}

/** Texts, each of which grows in one way. `size` is the number of repetitions for about 30 KB. */
const SHAPES: readonly { readonly name: string; readonly size: number; readonly make: (n: number) => string }[] = [
  {
    name: "findings in one map",
    size: 600,
    make: (n) => `${HEAD}${PORTS}  selector:\n${repeat(n, (i) => `    "bad key ${i}": "bad value ${i}"\n`)}`,
  },
  {
    name: "findings in one line",
    size: 600,
    make: (n) => `${HEAD}${PORTS}  selector: {${repeat(n, (i) => `"b ${i}": "v ${i}", `)}}\n`,
  },
  {
    name: "findings in one line of JSON",
    size: 600,
    make: (n) =>
      `{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[${repeat(n, () => '{"port":0},')}{"port":1}]}}`,
  },
  {
    name: "Services in one line of JSON",
    size: 150,
    make: (n) => `{"apiVersion":"v1","kind":"List","items":[${repeat(n, () => `${ITEM},`)}${ITEM}]}`,
  },
  { name: "items of a List", size: 150, make: (n) => `kind: List\nitems:\n${repeat(n, () => `- ${ITEM}\n`)}` },
  { name: "documents", size: 150, make: (n) => repeat(n, (i) => `---\n${ITEM.replace("web", `w${i}`)}\n`) },
  { name: "broken documents", size: 800, make: (n) => repeat(n, (i) => `---\na: *x${i}\n`) },
  { name: "templates", size: 800, make: (n) => repeat(n, (i) => `---\na: {{ .Values.x${i} }}\n`) },
  {
    name: "words of YAML 1.1",
    size: 800,
    make: (n) => `${HEAD}  labels:\n${repeat(n, (i) => `    on${i}: on\n    ${i}: 0120\n`)}${PORTS}`,
  },
  {
    name: "keys named twice",
    size: 800,
    make: (n) => `${HEAD}  labels:\n${repeat(n, (i) => `    a${i >> 1}: x\n`)}${PORTS}`,
  },
  { name: "misspelt keys", size: 50, make: (n) => `${HEAD}${PORTS}${repeat(n, (i) => `  targetport${i}: 1\n`)}` },
  { name: "unknown keys in one map", size: 1600, make: (n) => `${HEAD}${PORTS}${repeat(n, (i) => `x${i}: 1\n`)}` },
  {
    name: "ports with what they need",
    size: 400,
    make: (n) =>
      `${HEAD}spec:\n  ports:\n${repeat(n, (i) => `  - port: ${i + 1}\n    name: p${i}\n    targetport: 1\n`)}`,
  },
  {
    name: "external addresses, each with each port",
    size: 400,
    make: (n) =>
      `${HEAD}spec:\n  ports:\n${repeat(n, (i) => `  - { port: ${i + 1}, name: p${i} }\n`)}  externalIPs:\n${repeat(n, (i) => `  - 10.0.${i >> 8}.${i & 255}\n`)}`,
  },
  {
    name: "the name of what has findings",
    size: 200,
    make: (n) => `${HEAD.replace("web", "W".repeat(20 * n))}spec:\n  ports:\n${repeat(n, () => "  - port: 0\n")}`,
  },
  { name: "anchors and aliases", size: 800, make: (n) => repeat(n, (i) => `k${i}: &a${i} x\nl${i}: *a${i}\n`) },
  { name: "merges", size: 800, make: (n) => `b: &b { x: 1 }\n${repeat(n, (i) => `k${i}: { <<: *b }\n`)}` },
  { name: "one list between brackets", size: 4000, make: (n) => `a: [${repeat(n, (i) => `x${i}, `)}]\n` },
  { name: "brackets that close nothing", size: 8000, make: (n) => "]".repeat(n) },
  { name: "brackets that nothing closes", size: 8000, make: (n) => "[".repeat(n) },
  { name: "comments", size: 3000, make: (n) => `a:\n${repeat(n, (i) => `  # ${i}\n  k${i}: 1\n`)}` },
  { name: "blank lines with tabs", size: 3000, make: (n) => `a: x\n  b\n${" \t\n".repeat(n)}` },
  { name: "tabs", size: 3000, make: (n) => `a:\n${repeat(n, (i) => `\tb${i}: 1\n`)}` },
  { name: "carriage returns", size: 3000, make: (n) => repeat(n, (i) => `a${i}: x\r`) },
  { name: "a quote that nothing closes", size: 3000, make: (n) => `a: "${repeat(n, (i) => `x ${i}\n`)}` },
  { name: "quotes in quotes", size: 8000, make: (n) => `a: '${"''".repeat(n)}'\n` },
  { name: "escapes", size: 8000, make: (n) => `a: "${"\\n".repeat(n)}\\/"\n` },
  { name: "a long text", size: 30_000, make: (n) => `${HEAD}${PORTS}  type: ${"X".repeat(n)}\n` },
  { name: "blanks", size: 30_000, make: (n) => `a: x${" ".repeat(n)}y\n` },
  { name: "digits", size: 4000, make: (n) => `a: 1${"_2".repeat(n)}x\n` },
  {
    name: "Lists in Lists",
    size: 100,
    make: (n) => `${'{"kind":"List","items":['.repeat(n)}${ITEM}${"]}".repeat(n)}`,
  },
  { name: "lists in lists of JSON", size: 1000, make: (n) => `{"a":${"[".repeat(n)}${"]".repeat(n)}}` },
  {
    name: "fields of JSON named twice",
    size: 800,
    make: (n) => `{"kind":"Service","apiVersion":"v1",${repeat(n, (i) => `"a${i}":1,"a${i}":2,`)}"z":1}`,
  },
];

interface Cost {
  readonly ms: number;
  readonly bytes: number;
}

/** The cost of checking a text and reporting it in every format. */
async function costOf(text: string): Promise<Cost> {
  const context = await makeContext({ settings: defaultSettings("2026-11-26"), old: undefined, wantsServices: true });
  const rule = await ruleTexts(false);
  const formats = Object.keys(REPORT_FORMATS).filter(isReportFormat);
  const reporters = await Promise.all(formats.map((format) => createReporter(format, { version: "0", rule })));
  const start = process.cpuUsage();
  const results = new RunResults(undefined, false);
  let bytes = 0;
  for (const event of results.addFile("a.yaml", text, withFingerprints(examine(text, "a.yaml", context)), [
    { name: "" },
  ])) {
    for (const reporter of reporters) {
      if (event.type === "finding") bytes += reporter.finding(event.finding).length;
      else if (event.type === "service") bytes += reporter.service?.(event.service).length ?? 0;
    }
  }
  for (const reporter of reporters) bytes += reporter.end(results.summary).length;
  fixText(text, "a.yaml", context);
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000, bytes };
}

async function best(text: string, runs: number): Promise<Cost> {
  let found = await costOf(text);
  for (let run = 1; run < runs; run++) {
    const again = await costOf(text);
    if (again.ms < found.ms) found = again;
  }
  return found;
}

describe("a text eight times as long takes about eight times the work, and its reports are about eight times as long", () => {
  it.each(SHAPES)(
    "$name",
    async ({ size, make }) => {
      const small = await best(make(Math.ceil(size / 2)), 2);
      const limit = MAX_SLOWDOWN * Math.max(small.ms, MIN_MS);
      let large = await costOf(make(Math.ceil(size / 2) * GROWTH));
      for (let run = 1; run < 3 && large.ms > limit; run++) large = await costOf(make(Math.ceil(size / 2) * GROWTH));
      expect(large.ms).toBeLessThan(limit);
      // The constant part of each report is counted in both.
      expect(large.bytes).toBeLessThan((GROWTH + 2) * small.bytes);
    },
    120_000,
  );
});

describe("a file with more findings than are reported", () => {
  it("has one finding with the number of the others by severity", async () => {
    const context = await makeContext({
      settings: defaultSettings("2026-11-26"),
      old: undefined,
      wantsServices: false,
    });
    const results = new RunResults(undefined, false);
    const text = repeat(
      MAX_FINDINGS_PER_FILE + 7,
      () => `---\n${HEAD.replace("\n", "x\n").replace("v1x", "v1")}${PORTS.replace("80", "0")}`,
    );
    const events = [
      ...results.addFile("a.yaml", text, withFingerprints(examine(text, "a.yaml", context)), [{ name: "" }]),
    ];
    const last = events.findLast((event) => event.type === "finding" && event.finding.rule === "too-many-findings");
    expect(last).toMatchObject({
      finding: { severity: "error", message: expect.stringMatching(/more than the 5000 findings .*: \d+ errors$/) },
    });
    expect(results.summary.services).toBe(MAX_FINDINGS_PER_FILE + 7);
  }, 120_000);
});
