import { describe, expect, it } from "@jest/globals";
import { wantsColour } from "#src/reports/console/colour.ts";
import { CLEAN, finding, hostileFinding, report, SUPPRESSED, UNUSABLE, WARNING } from "./fixtures.ts";

/** The text without the escapes of its colours. */
function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex -- the escape character itself
  return text.replaceAll(/\u001b\[\d+m/g, "");
}

describe("the text report", () => {
  it("groups by file, with frame, cause and fix, and ends in one line", async () => {
    const text = await report("text", { findings: [finding(), SUPPRESSED, WARNING, UNUSABLE] });
    expect(text).toBe(`deploy/web.yaml
  error  a port is from 1 to 65535, found 70000  port-range
    at     deploy/web.yaml:8:13  shop/web
    cause  spec.ports[0].port: FieldValueInvalid
      7 |   ports:
    > 8 |     - port: 70000
        |             ^^^^^
      9 |       name: http
    fix    use a port from 1 to 65535

  suppressed warning  a port is from 1 to 65535, found 70000  policy/named-ports
    at     deploy/web.yaml:8:13  shop/web  suppressed by the baseline: known on 2026-11-01

deploy/api.yaml
  warning  spec.externalIPs is deprecated  deprecated-field
    at     deploy/api.yaml:3:1  shop/api
    field  spec.externalIPs
    > 3 | one: 1
        | ^^^^^^
    > 4 |   two: 2
    fix    use a port from 1 to 65535

standard input
  error  the file is not UTF-8  unreadable
    at     -:1:1

2 errors, 1 warning in 2 Services of 3 files (1 suppressed, 4 documents of other kinds skipped, 1 input unusable)
`);
  });

  it.each([
    { name: "after one that counts", findings: [finding(), SUPPRESSED], gaps: 1 },
    { name: "between two that count", findings: [finding(), finding()], gaps: 1 },
    { name: "not between suppressed ones", findings: [SUPPRESSED, SUPPRESSED], gaps: 0 },
  ])("leaves a line between the findings of a file: $name", async ({ findings, gaps }) => {
    const text = await report("text", { findings });
    expect(text.match(/\n\n {2}\S/g) ?? []).toHaveLength(gaps);
  });

  it.each([
    {
      columns: 80,
      want: `deploy/web.yaml
  error  there is more than one port, so that each of them needs a name of its
         own  policy/single-stack-by-omission
    at     deploy/web.yaml:8:13  shop/web
    cause  spec.ports[0].port: FieldValueInvalid
    fix    give each of the ports a name that says what it serves, such as http,
           https or grpc

12 Helm templates of 3 charts were not checked: render them with --render, or
check what Helm prints
no findings in 1 Service of 1 file
`,
    },
    {
      columns: 62,
      want: `deploy/web.yaml
  error  there is more than one port, so that each of them
         needs a name of its own
         policy/single-stack-by-omission
    at     deploy/web.yaml:8:13  shop/web
    cause  spec.ports[0].port: FieldValueInvalid
    fix    give each of the ports a name that says what it
           serves, such as http, https or grpc

12 Helm templates of 3 charts were not checked: render them
with --render, or check what Helm prints
no findings in 1 Service of 1 file
`,
    },
  ])("is wrapped to the $columns columns of a terminal", async ({ columns, want }) => {
    const long = finding({
      rule: "policy/single-stack-by-omission",
      message: "there is more than one port, so that each of them needs a name of its own",
      fix: "give each of the ports a name that says what it serves, such as http, https or grpc",
      frame: { firstLine: 1, lines: [] },
    });
    const leftOut =
      "12 Helm templates of 3 charts were not checked: render them with --render, or check what Helm prints";
    const content = { findings: [long], summary: { ...CLEAN, leftOut: [leftOut] } };
    const coloured = await report("text", { ...content, options: { columns, colour: true } });
    expect(withoutColours(coloured)).toBe(want);
    const piped = await report("text", content);
    expect(piped.split("\n")).toEqual(expect.arrayContaining([`  error  ${long.message}  ${long.rule}`, leftOut]));
  });

  it("says so in one line when there is nothing to say", async () => {
    expect(await report("text", { summary: CLEAN })).toBe("no findings in 1 Service of 1 file\n");
  });

  it("names the policy", async () => {
    const text = await report("text", { findings: [finding({ policy: "team-defaults" })] });
    expect(text).toContain("    by     policy team-defaults\n");
  });

  it("lets nothing of the user's text move the cursor or hide", async () => {
    const { suppressed, ...hostile } = hostileFinding();
    expect(suppressed).toBeDefined();
    for (const each of [hostile, hostileFinding()]) {
      const text = await report("text", { findings: [each] });
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(text).toContain("␛[2J<U+202E>␀");
    }
  });

  it("colours only when asked to", async () => {
    const plain = await report("text", { findings: [finding()] });
    const coloured = await report("text", { findings: [finding()], options: { colour: true } });
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m");
    expect(withoutColours(coloured)).toBe(plain);
  });
});

describe("the carets", () => {
  const region = { startLine: 1, endLine: 1 };
  it.each([
    { name: "stand below the value", line: "port: 0", columns: [7, 8], want: ["> 1 | port: 0", "    |       ^"] },
    { name: "are one where there is no value", line: "port:", columns: [6, 6], want: ["> 1 | port:", "    |      ^"] },
    {
      name: "count a tab as it is shown",
      line: "\tport: 0",
      columns: [8, 9],
      want: ["> 1 |     port: 0", "    |           ^"],
    },
    { name: "count wide characters twice", line: "名: 港", columns: [4, 5], want: ["> 1 | 名: 港", "    |     ^^"] },
    {
      name: "count combining marks not at all",
      line: "e\u0301: 0",
      columns: [5, 6],
      want: ["> 1 | e\u0301: 0", "    |    ^"],
    },
    { name: "leave the carriage return out", line: "a: 0\r", columns: [4, 6], want: ["> 1 | a: 0", "    |    ^"] },
    {
      name: "stand at the end of a line that was cut",
      line: "a: 0",
      columns: [90, 91],
      want: ["> 1 | a: 0…", "    |      ^"],
    },
    { name: "show what is unseen", line: "a: \u0007", columns: [4, 5], want: ["> 1 | a: ␇", "    |    ^"] },
  ])("$name", async ({ line, columns: [startColumn = 1, endColumn = 1], want }) => {
    const text = await report("text", {
      findings: [finding({ region: { ...region, startColumn, endColumn }, frame: { firstLine: 1, lines: [line] } })],
    });
    const frame = text.split("\n").filter((shown) => shown.includes(" | "));
    expect(frame.map((shown) => shown.slice(4))).toEqual(want);
  });

  it("stand below the value in a line of a megabyte, of which a part is shown", async () => {
    const line = `{"a":"${"x".repeat(1_000_000)}","port":70000,"b":"${"y".repeat(1_000_000)}"}`;
    const start = line.indexOf("70000");
    const text = await report("text", {
      findings: [
        finding({
          region: { startLine: 1, startColumn: start + 1, endLine: 1, endColumn: start + 6 },
          frame: { firstLine: 1, lines: [line] },
        }),
      ],
    });
    const [code = "", carets = ""] = text.split("\n").filter((shown) => shown.includes(" | "));
    expect(code.length).toBeLessThan(200);
    expect(code.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("70000");
    expect([code.includes("| …x"), code.endsWith("y…")]).toEqual([true, true]);
  });
});

describe("whether text is coloured", () => {
  it.each([
    { name: "on a terminal", environment: {}, isTTY: true, want: true },
    { name: "not in a pipe", environment: {}, isTTY: false, want: false },
    { name: "not on a dumb terminal", environment: { TERM: "dumb" }, isTTY: true, want: false },
    { name: "not under NO_COLOR", environment: { NO_COLOR: "1" }, isTTY: true, want: false },
    { name: "an empty NO_COLOR says nothing", environment: { NO_COLOR: "" }, isTTY: true, want: true },
    { name: "in a pipe under FORCE_COLOR", environment: { FORCE_COLOR: "1" }, isTTY: false, want: true },
    { name: "not under FORCE_COLOR=0", environment: { FORCE_COLOR: "0" }, isTTY: true, want: false },
    {
      name: "NO_COLOR outranks FORCE_COLOR",
      environment: { NO_COLOR: "1", FORCE_COLOR: "1" },
      isTTY: true,
      want: false,
    },
  ])("$name", ({ environment, isTTY, want }) => {
    expect(wantsColour(environment, { isTTY })).toBe(want);
  });
});
