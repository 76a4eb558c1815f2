import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isObject } from "#src/field/json.ts";
import { ROOT } from "../../paths.ts";
import { fairlead } from "../run-cli.ts";

const CASES = join(ROOT, "test", "cases");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-reads-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const checked = (file: string) => fairlead(["check", "--no-config", join(CASES, file)]);

async function messagesOf(file: string, options: readonly string[]): Promise<unknown[]> {
  const { stdout } = await fairlead(["check", "--no-config", ...options, "--format", "json", file]);
  const report: unknown = JSON.parse(stdout);
  const findings: unknown = isObject(report) ? report["findings"] : undefined;
  return Array.isArray(findings) ? findings.filter(isObject).map(({ message }) => message) : [];
}

describe("a file is what kubectl reads, whatever it is called", () => {
  it.each([
    { file: "40-quoted-dedent.yaml", services: "1 Service" },
    { file: "42-flow-dedent2.yaml", services: "1 Service" },
    { file: "96-bom.json", services: "1 Service" },
    { file: "97-utf16.yaml", services: "1 Service" },
    { file: "98-trailing-comma.json", services: "1 Service" },
    { file: "99-two-docs.json", services: "2 Services" },
    { file: "500-trailing-comma.json", services: "1 Service" },
    { file: "501-bom.json", services: "1 Service" },
    { file: "503-hash-comment.json", services: "1 Service" },
    { file: "505-json-sep.json", services: "2 Services" },
    { file: "509-yaml-in-json-ext.json", services: "1 Service" },
    { file: "510-utf16.yaml", services: "1 Service" },
    { file: "530-merge-override.yaml", services: "1 Service" },
  ])("$file: $services", async ({ file, services }) => {
    const { code, stdout } = await checked(file);
    expect([code, stdout]).toEqual([0, `no findings in ${services} of 1 file\n`]);
  });

  it.each([
    { file: "90-tab-and-alert-text.yaml", at: "17:1", says: "a tab indents this line" },
    { file: "513-doc-end.yaml", at: "1:1", says: "kubectl splits a file at `---`" },
  ])("$file is refused at $at", async ({ file, at, says }) => {
    const { code, stdout } = await checked(file);
    expect(code).toBe(2);
    expect(stdout).toContain(`${file}:${at}`);
    expect(stdout).toContain(says);
  });

  it("of a key that is there twice, it says what kubectl does and what a strict server does", async () => {
    const { code, stdout } = await checked("518-dup-merge.yaml");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "kubectl silently keeps the last one, and the API server refuses it with strict field validation",
    );
  });
});

describe("apiVersion and kind in another case: the last one in the server's order counts", () => {
  const rest = { kind: "Service", metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } };
  const unknown = (name: string) => [`"${name}" is not a field of a Service`];
  const both = (name: string) => [`${name} is "v2", but must be "v1"`, ...unknown(name)];
  it.each([
    { names: ["apiVersion", "APIVERSION"], file: "upper.yaml", options: [], says: unknown("APIVERSION") },
    { names: ["apiVersion", "APIVERSION"], file: "upper.json", options: [], says: unknown("APIVERSION") },
    {
      names: ["apiVersion", "APIVERSION"],
      file: "upper.yaml",
      options: ["--assume-service"],
      says: unknown("APIVERSION"),
    },
    {
      names: ["apiVersion", "APIVERSION"],
      file: "upper.json",
      options: ["--assume-service"],
      says: both("APIVERSION"),
    },
    { names: ["apiversion", "apiVersion"], file: "lower.yaml", options: [], says: both("apiversion") },
    {
      names: ["apiversion", "apiVersion"],
      file: "lower.json",
      options: ["--assume-service"],
      says: unknown("apiversion"),
    },
  ])("$names in $file, $options", async ({ names, file, options, says }) => {
    const versions = names.map((name) => [name, name === "apiVersion" ? "v1" : "v2"]);
    writeFileSync(join(folder, file), JSON.stringify({ ...Object.fromEntries(versions), ...rest }));
    const messages = await messagesOf(join(folder, file), options);
    expect(messages).toEqual(says.map((text) => expect.stringContaining(text)));
  });
});

describe("a key of JSON that is there twice", () => {
  it.each([
    { options: [], says: ["spec is set more than once"] },
    { options: ["--assume-service"], says: ["type must be a string", "spec is set more than once"] },
  ])("is read once by kubectl, twice by the API server: $options", async ({ options, says }) => {
    const file = join(folder, "twice.json");
    writeFileSync(
      file,
      '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"type":5},"spec":{"ports":[{"port":80}]}}',
    );
    const messages = await messagesOf(file, options);
    for (const text of says) expect(messages).toContainEqual(expect.stringContaining(text));
    if (options.length === 0) expect(messages).toHaveLength(1);
  });
});

describe("--fix keeps the encoding of a file", () => {
  const TEXT =
    "\ufeffapiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n    targetport: 80\n";
  it.each(["utf-16le", "utf-16be", "utf-8"] as const)("%s", async (encoding) => {
    const encode = (text: string): Buffer => {
      if (encoding === "utf-8") return Buffer.from(text);
      const bytes = Buffer.from(text, "utf16le");
      return encoding === "utf-16be" ? bytes.swap16() : bytes;
    };
    const file = join(folder, `${encoding}.yaml`);
    writeFileSync(file, encode(TEXT));
    const { code } = await fairlead(["check", "--no-config", "--fix", file]);
    expect(code).toBe(0);
    expect(readFileSync(file)).toEqual(encode(TEXT.replace("targetport", "targetPort")));
  });

  it("leaves a file without faults as it is", async () => {
    const file = join(folder, "clean.yaml");
    copyFileSync(join(CASES, "510-utf16.yaml"), file);
    await fairlead(["check", "--no-config", "--fix", file]);
    expect(readFileSync(file)).toEqual(readFileSync(join(CASES, "510-utf16.yaml")));
  });
});
