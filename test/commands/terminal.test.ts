import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CLI } from "../check/run-cli.ts";

const SERVICES = 1500;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-terminal-"));
  for (let number = 0; number < SERVICES; number++) {
    const port = number === SERVICES - 1 ? 0 : 80;
    const text = `apiVersion: v1\nkind: Service\nmetadata: { name: web-${number} }\nspec: { ports: [{ port: ${port} }] }\n`;
    writeFileSync(join(folder, `web-${String(number).padStart(4, "0")}.yaml`), text);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** All that a terminal would be sent, by `script`, which is one. */
function onTerminal(args: string, environment: Readonly<Record<string, string>> = {}): string {
  const command = `"${process.execPath}" "${CLI}" check --no-config ${args}; true`;
  const typescript = join(folder, "typescript");
  const inherited = { ...process.env };
  delete inherited["NO_COLOR"];
  delete inherited["FORCE_COLOR"];
  execFileSync("script", ["-qec", command, typescript], {
    cwd: folder,
    env: { ...inherited, TERM: "xterm", ...environment },
    stdio: "ignore",
  });
  return readFileSync(typescript, "utf8");
}

const ESCAPE = "\u001b[";
const ERASE_LINE = `\r${ESCAPE}2K`;

describe("on a terminal", () => {
  it("long work says how far it is, and leaves nothing of it behind", () => {
    const said = onTerminal("--workers 1 .");
    const lines = said.split(ERASE_LINE).filter((part) => part.includes("files ..."));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/^checked [\d,]+ files \.\.\.$/.test(line))).toEqual([]);
    expect(said).toContain(`in ${SERVICES} Services of ${SERVICES} files`);
  });

  it.each([
    { name: "if that is not wanted", args: "--no-progress ." },
    { name: "if standard error is no terminal", args: ". 2>/dev/null" },
    { name: "if there is little to do", args: "web-0001.yaml" },
  ])("it says nothing of the kind $name", ({ args }) => {
    expect(onTerminal(args)).not.toContain("files ...");
  });

  it.each([
    { name: "is coloured", environment: {}, want: true },
    { name: "is plain under NO_COLOR", environment: { NO_COLOR: "1" }, want: false },
    { name: "is plain on a terminal that is dumb", environment: { TERM: "dumb" }, want: false },
  ])("text $name", ({ environment, want }) => {
    expect(onTerminal("--no-progress web-1499.yaml", environment).includes(ESCAPE)).toBe(want);
  });
});

describe("in a pipe", () => {
  it("there is neither colour nor progress, and the answer is the same with and without threads", () => {
    const ask = (workers: string): string => {
      const script = `"${process.execPath}" "${CLI}" check --no-config ${workers} . 2>&1; true`;
      return execFileSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
    };
    const [alone, shared, unsaid] = [ask("--workers 0"), ask("--workers 2"), ask("")];
    expect(alone).not.toContain(ESCAPE);
    expect(alone).toContain(`web-1499.yaml:4:`);
    expect(shared).toBe(alone);
    expect(unsaid).toBe(alone);
  });
});
