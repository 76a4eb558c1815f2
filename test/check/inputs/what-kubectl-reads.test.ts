import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
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
