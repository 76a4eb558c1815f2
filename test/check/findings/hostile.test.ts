import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { killAfterTest } from "#test/cleanup.ts";
import { CLI, fairlead } from "../run-cli.ts";

const BAD =
  "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 70000\n      targetPort: 80\n";
const MEBIBYTE = 1024 * 1024;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-hostile-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Found {
  readonly code: number | null;
  /** Findings about the hostile input. */
  readonly hostile: readonly string[];
  /** Findings about the other file, which has one mistake. */
  readonly other: readonly string[];
}

/** Checks the folder after adding an ordinary file with one mistake to it. */
async function checked(command?: readonly string[]): Promise<Found> {
  writeFileSync(join(folder, "zz-web.yaml"), BAD);
  const args = ["check", "--no-config", "--strict-files", "--format", "json", "."];
  const { code, stdout, stderr } = await fairlead(args, { cwd: folder, ...(command && { command }) });
  expect(stderr).toBe("");
  const findings = valueAt(JSON.parse(stdout), ["findings"]);
  const all = Array.isArray(findings) ? findings : [];
  const said = (isOther: boolean): string[] =>
    all
      .filter((finding) => (valueAt(finding, ["file"]) === "zz-web.yaml") === isOther)
      .map((finding) => `${String(valueAt(finding, ["rule"]))}: ${String(valueAt(finding, ["message"]))}`);
  return { code, hostile: said(false), other: said(true) };
}

/** A "billion laughs" document: each anchor repeats the previous one nine times. */
function laughs(): string {
  const letters = Array.from("abcdefghi");
  const nine = (text: string): string => Array(9).fill(text).join(",");
  return letters
    .map((letter, index) => `${letter}: &${letter} [${nine(index === 0 ? "x" : `*${letters[index - 1] ?? ""}`)}]\n`)
    .join("");
}

/** A list of a thousand items, repeated nine hundred times by aliases. */
const HUGE = `a: &a [${"x,".repeat(1000)}]\nb: [${"*a,".repeat(900)}]\n`;

describe("an unreadable text is reported, and the other files are still checked", () => {
  it.each([
    { name: "a billion laughs", text: laughs(), say: /^not-yaml: aliases repeat so much/ },
    { name: "aliases of a huge list", text: HUGE, say: /^not-yaml: aliases repeat so much/ },
    {
      name: "aliases over the limit",
      text: `a: &a x\nb: [${"*a, ".repeat(4_000_000)}]\n`,
      say: /^not-yaml: aliases repeat so much/,
    },
    {
      name: "an anchor that contains itself",
      text: "a: &a [*a]\n",
      say: /^not-yaml: the value of the anchor `&a` contains itself/,
    },
    { name: "a tab as indentation", text: "a:\n\tb: 1\n", say: /^not-yaml: .*a tab indents this line/ },
    { name: "a NUL byte", text: "a: \u0000\n", say: /^not-yaml: a control character/ },
    { name: "an escape sequence", text: "a: \u001b[2J\n", say: /^not-yaml: a control character/ },
    { name: "deeply nested lists", text: "[".repeat(50_000), say: /^not-yaml: / },
    {
      name: "half of a UTF-16 text",
      text: Buffer.from("\ufeffa: 1\n", "utf16le").subarray(0, 5),
      say: /^file-unreadable: this starts like UTF-16/,
    },
    {
      name: "no UTF-8",
      text: Uint8Array.from([0x61, 0x3a, 0x20, 0xff]),
      say: /^file-unreadable: this is not valid UTF-8/,
    },
    { name: "a template", text: "name: {{ .Values.name }}\n", say: /^chart-template: .*must be rendered/ },
  ])("$name", async ({ text, say }) => {
    writeFileSync(join(folder, "hostile.yaml"), text);
    expect(await checked()).toEqual({
      code: 2,
      hostile: [expect.stringMatching(say)],
      other: [expect.stringContaining("port-range")],
    });
  });

  it("continues with the next document of the same text", async () => {
    writeFileSync(join(folder, "hostile.yaml"), `a: *nothing\n---\n${BAD}`);
    const { code, hostile } = await checked();
    expect([code, hostile]).toEqual([
      2,
      [expect.stringContaining("the alias `*nothing` has no anchor"), expect.stringContaining("port-range")],
    ]);
  });
});

describe("an unusual text that is valid", () => {
  it.each([
    { name: "a byte order mark", text: `\ufeff${BAD}` },
    { name: "lines that end in CR LF", text: BAD.replaceAll("\n", "\r\n") },
    {
      name: "keys with a meaning in JavaScript",
      text: `${BAD.trimEnd()}\n---\n__proto__: { kind: Service }\nconstructor: 1\n`,
    },
  ])("$name", async ({ text }) => {
    writeFileSync(join(folder, "a.yaml"), text);
    const { code, hostile } = await checked();
    expect([code, hostile]).toEqual([1, [expect.stringContaining("port-range")]]);
  });
});

describe("a file of a hundred MiB", () => {
  /** Writes a file of 100 MiB that repeats the text. */
  function writeLarge(name: string, head: string, text: string): void {
    const descriptor = openSync(join(folder, name), "w");
    writeSync(descriptor, head);
    const block = text.repeat(Math.ceil(MEBIBYTE / text.length));
    for (let size = 0; size < 100 * MEBIBYTE; size += block.length) writeSync(descriptor, block);
    closeSync(descriptor);
  }

  it.each([
    { name: "one document of YAML", file: "a.yaml", head: "data:\n", text: "  key: value value value value\n" },
    { name: "one value of JSON", file: "a.json", head: '{"items":[', text: '{"kind":"Service"},' },
  ])("$name is refused with its size and its limit", async ({ file, head, text }) => {
    writeLarge(file, head, text);
    const { code, hostile, other } = await checked();
    expect([code, other.length]).toEqual([2, 1]);
    expect(hostile).toEqual([expect.stringMatching(/^file-unreadable: this document has 10\d MiB, and up to 32 MiB/)]);
  });
});

describe("a path that is not a regular file", () => {
  it.each([
    { name: "a FIFO", make: (file: string) => execFileSync("mkfifo", [file]), say: "this is not a regular file" },
    {
      name: "a device",
      make: (file: string) => {
        symlinkSync("/dev/zero", file);
      },
      say: "this is not a regular file",
    },
    {
      name: "a loop of links",
      make: (file: string) => {
        symlinkSync(file, file);
      },
      say: "its symbolic links form a loop",
    },
  ])("$name", async ({ make, say }) => {
    make(join(folder, "hostile.yaml"));
    const { code, hostile, other } = await checked();
    expect([code, hostile, other.length]).toEqual([2, [expect.stringContaining(`file-unreadable: ${say}`)], 1]);
  });

  it("a link to what does not exist is skipped and reported", async () => {
    symlinkSync("nowhere", join(folder, "hostile.yaml"));
    const { code, hostile } = await checked();
    expect([code, hostile]).toEqual([1, [expect.stringContaining("link-dangling")]]);
  });

  it("a link to a folder above it is skipped and reported", async () => {
    mkdirSync(join(folder, "sub"));
    symlinkSync("..", join(folder, "sub", "again"));
    const { code, hostile } = await checked();
    expect([code, hostile]).toEqual([1, [expect.stringContaining("link-loop")]]);
  });

  it("a folder and a file without permission", async () => {
    mkdirSync(join(folder, "locked"));
    writeFileSync(join(folder, "locked", "web.yaml"), BAD);
    writeFileSync(join(folder, "secret.yaml"), BAD);
    chmodSync(join(folder, "locked"), 0);
    chmodSync(join(folder, "secret.yaml"), 0);
    chmodSync(folder, 0o755);
    // The superuser may read everything: run as another user.
    const isRoot = process.getuid?.() === 0;
    const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    const { code, hostile, other } = await checked(isRoot ? nobody : undefined);
    chmodSync(join(folder, "locked"), 0o755);
    expect([code, other.length]).toEqual([2, 1]);
    expect(hostile).toEqual(Array(2).fill("file-unreadable: permission is denied"));
  });
});

describe("standard input and output", () => {
  it("waits for late input, also through a non-blocking pipe", async () => {
    const script = `(sleep 1; cat) | "${process.execPath}" "${CLI}" check --no-config -`;
    const child = killAfterTest(spawn("sh", ["-c", script], { stdio: ["pipe", "pipe", "inherit"] }));
    child.stdin.end(BAD);
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    await new Promise((resolve) => child.on("close", resolve));
    expect(stdout).toContain("1 error in 1 Service of 1 file");
  });

  it("stops silently when its reader has gone, with its own exit code", () => {
    writeFileSync(join(folder, "many.yaml"), Array(2000).fill(BAD).join("---\n"));
    const script = `{ "${process.execPath}" "${CLI}" check --no-config many.yaml; echo "code $?" >&2; } 2>said | head -1`;
    expect(execFileSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" })).toBe("many.yaml\n");
    expect(readFileSync(join(folder, "said"), "utf8")).toBe("code 1\n");
  });

  it.each([
    {
      name: "standard output",
      args: "bad.yaml >/dev/full",
      say: "standard output cannot be written: no space is left",
    },
    {
      name: "a report",
      args: "--format json=/dev/full bad.yaml",
      say: "the report /dev/full cannot be written: no space is left",
    },
  ])("a full disk under $name is reported, and not with the exit code of findings", ({ args, say }) => {
    writeFileSync(join(folder, "bad.yaml"), BAD);
    const script = `"${process.execPath}" "${CLI}" check --no-config ${args} 2>said; echo "code $?" >>said`;
    execFileSync("bash", ["-c", script], { cwd: folder });
    const said = readFileSync(join(folder, "said"), "utf8");
    expect([said, said.endsWith("code 2\n")]).toEqual([expect.stringContaining(say), true]);
  });
});

it("a bug ends with exit code 2, and its message contains no command to a CI runner", async () => {
  const text = String.raw`\n::error::mine \u001b[2J`;
  const broken = `Array.prototype.toSorted=()=>{throw new Error("${text}")}`;
  const options = `NODE_OPTIONS=--import=data:text/javascript,${encodeURIComponent(broken)}`;
  writeFileSync(join(folder, "web.yaml"), BAD.replace("70000", '"80"'));
  const args = ["check", "--no-config", "--fix", "."];
  const { code, stderr } = await fairlead(args, { cwd: folder, command: ["env", options] });
  expect(stderr).toContain("<U+003A>:error::mine ␛[2J");
  expect(stderr).toContain("this is a bug in fairlead");
  expect([code, /^\s*::/m.test(stderr), stderr.includes("\u001b")]).toEqual([2, false, false]);
});
