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

/** Everything that the command writes to a terminal, recorded by `script`. */
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
  it("a long run shows its progress, and erases it at the end", () => {
    const output = onTerminal("--workers 1 .");
    const lines = output.split(ERASE_LINE).filter((part) => part.includes("files ..."));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/^checked [\d,]+ files \.\.\.$/.test(line))).toEqual([]);
    expect(output).toContain(`in ${SERVICES} Services of ${SERVICES} files`);
  });

  it.each([
    { name: "with --no-progress", args: "--no-progress ." },
    { name: "if standard error is not a terminal", args: ". 2>/dev/null" },
    { name: "for a short run", args: "web-0001.yaml" },
  ])("no progress is shown $name", ({ args }) => {
    expect(onTerminal(args)).not.toContain("files ...");
  });

  it.each([
    { name: "is coloured", environment: {}, want: true },
    { name: "is plain under NO_COLOR", environment: { NO_COLOR: "1" }, want: false },
    { name: "is plain on a dumb terminal", environment: { TERM: "dumb" }, want: false },
  ])("text $name", ({ environment, want }) => {
    expect(onTerminal("--no-progress web-1499.yaml", environment).includes(ESCAPE)).toBe(want);
  });
});

describe("in a pipe", () => {
  it("there is neither colour nor progress, and the output is the same with and without threads", () => {
    const run = (workers: string): string => {
      const script = `"${process.execPath}" "${CLI}" check --no-config ${workers} . 2>&1; true`;
      return execFileSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
    };
    const [withoutThreads, withThreads, byDefault] = [run("--workers 0"), run("--workers 2"), run("")];
    expect(withoutThreads).not.toContain(ESCAPE);
    expect(withoutThreads).toContain(`web-1499.yaml:4:`);
    expect(withThreads).toBe(withoutThreads);
    expect(byDefault).toBe(withoutThreads);
  });
});
