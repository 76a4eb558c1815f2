import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseAllDocuments, parseDocument } from "yaml";
import { plainYaml } from "#src/examine/yaml/index.ts";
import { logLine, logLines, visibleJson } from "#src/reports/console/visible.ts";
import { Checkout } from "../check/checkout.ts";

/** Characters that no output may contain: they move the cursor or hide text. */
const CONTROL_CHARACTER = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** The lines of an output with control characters, and those that a CI runner takes for a command. */
function dangerousLines(output: string): string[] {
  const lines = output.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  return lines.filter((line) => CONTROL_CHARACTER.test(line) || /^\s*::/.test(line) || /##[\w.-]*\[/.test(line));
}

/** Pieces of text that are dangerous in combination. */
const PIECES = [
  ...["::", ":", "#", "##", "##[", "[", "]", "vso[", "error", " ", "\t", "\n", "\r", "\u0085", "\u2028", "\u2029"],
  ...[
    "\u001b[2J",
    "\u009b",
    "\u0000",
    "\u007f",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "a",
    "'",
    '"',
    "\\",
    "%0A",
  ],
  ...["<<", "<", "&", "]]>", "\ud800", "\u{e0001}", "- ", "? ", "---", "...", "\u00a0", "\u3000"],
];
const dangerousText = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join(""));

describe("untrusted text", () => {
  it("becomes one line without commands", () => {
    fc.assert(
      fc.property(dangerousText, (text) => {
        expect(dangerousLines(logLine(text))).toEqual([]);
        expect(logLine(text)).not.toMatch(/[\n\r]/);
        expect(dangerousLines(logLines(text))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("is unchanged for parsers of JSON and YAML", () => {
    // V8 of Node 24 takes an escape in a key (`"\\t"`) for a key that is a backslash, once it has seen one of those.
    const key = dangerousText.map((text) => text.replaceAll("\\", ""));
    const value = fc.dictionary(key, fc.oneof(dangerousText, fc.array(dangerousText), fc.integer()), { maxKeys: 4 });
    fc.assert(
      fc.property(value, (given) => {
        const json = visibleJson(given);
        expect([dangerousLines(json), JSON.parse(json)]).toEqual([[], given]);
        const whole: unknown = JSON.parse(JSON.stringify(given).replace(/\\ud[89a-f][0-9a-f]{2}/g, "x"));
        const yaml = plainYaml(whole);
        expect([dangerousLines(yaml), parseDocument(yaml, { version: "1.1" }).toJS()]).toEqual([[], whole]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the real command, with names and values that contain commands", () => {
  let checkout: Checkout;
  beforeEach(() => {
    checkout = new Checkout();
  });
  afterEach(() => {
    checkout.remove();
  });

  const EVIL = [
    "::error::owned",
    " \t::set-output name=a::b",
    "##[error]owned",
    "##vso[task.setvariable]x",
    "x\r::stop-commands::y",
  ];
  const MORE = ["x\n::add-mask::y", "\u001b[2Jx", "\u202etxt", "x\u2028::warning::y", "\u0085::notice::y", "\u009b31m"];
  const ALL = [...EVIL, ...MORE];

  function manifest(text: string): string {
    const json = JSON.stringify(text);
    return [
      `# ${text.replace(/[\p{Cc}\p{Zl}]/gu, " ")}`,
      "apiVersion: v1",
      "kind: Service",
      `metadata: { name: ${json}, annotations: { ${json}: ${json}, note: ${json} } }`,
      `spec: { type: ${json}, selector: { a: ${json} }, ports: [{ name: ${json}, port: 0, targetPort: ${json} }], ${json}: 1 }`,
      "---",
      "apiVersion: v1",
      "kind: Service",
      `metadata: { name: ok, annotations: { note: ${json}, "a/b": "x\\n::error::in a block\\n" } }`,
      "spec:",
      `  ports: [{ name: web, port: 80 }]`,
      `  externalName: ${json}`,
      "",
    ].join("\n");
  }

  it.each(
    ["text", "json", "sarif", "junit", "github", "gitlab", "html", "stored", "admitted", "diff"].map((output) => ({
      output,
    })),
  )("$output", async ({ output }) => {
    for (const [index, text] of ALL.entries()) {
      const name = text.replaceAll("/", "");
      checkout.write(`${name}-${index}.yaml`, manifest(text));
      checkout.write(`broken-${index}${name}.yaml`, `a: *${text.replace(/[\r\n]/g, " ")}\n${text}: [\n`);
    }
    const how = /stored|admitted|diff/.test(output) ? "--show" : "--format";
    const { code, stdout, stderr } = await checkout.check("--no-config", "--policy", "baseline", how, output, ".");
    expect(code).toBe(2);
    expect(stdout.length).toBeGreaterThan(500);
    const isGithub = output === "github";
    const shown = isGithub ? stdout.replace(/^::(?:error|warning|notice) (?:file|title)=/gm, "") : stdout;
    expect([dangerousLines(shown), dangerousLines(stderr)]).toEqual([[], []]);
    if (output === "stored") expect(parseAllDocuments(stdout).flatMap(({ errors }) => errors)).toEqual([]);
  });

  it.each(ALL.map((text) => ({ text: JSON.stringify(text) })))("error messages about options: $text", async (given) => {
    const text = String(JSON.parse(given.text));
    checkout.write("web.yaml", "a: 1\n");
    const calls = [
      ["--policy", text],
      ["--baseline", text],
      ["--config", text],
      ["--cluster-profile", text],
      ["--namespaces", text],
      ["--against", text],
      ["--against", `git:${text}`],
      ["--kubernetes-version", text],
      ["--format", text],
      [`--${text}`],
    ];
    for (const call of calls) {
      if (call.some((word) => word.includes("\0"))) continue;
      const { code, stdout, stderr } = await checkout.check(...call, "web.yaml");
      expect([call, code, dangerousLines(stdout + stderr)]).toEqual([call, 2, []]);
    }
  });

  it("messages about fixes and unused settings", async () => {
    for (const [index, text] of ALL.entries()) {
      checkout.write(
        `${text.replaceAll("/", "")}${index}.yaml`,
        `apiVersion: v1\nkind: service\nmetadata: { name: a${index} }\nspec: { ports: [{ port: 80 }] }\n`,
      );
    }
    checkout.write(".fairlead.yaml", `exclude: ${visibleJson(ALL)}\n`);
    const { stdout, stderr } = await checkout.check("--fix", "--require-policy", "baseline", ".");
    expect(stderr).toContain("fixed: service is now Service");
    expect(stdout).toContain("asks for exclude");
    expect(dangerousLines(stdout + stderr)).toEqual([]);
    expect(existsSync(checkout.folder)).toBe(true);
  });
});
