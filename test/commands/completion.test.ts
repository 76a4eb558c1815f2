import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { COMMANDS } from "#src/commands/commands.ts";
import { completionScript, SHELLS } from "#src/commands/completion-script.ts";
import { fairlead } from "../check/run-cli.ts";

const NAMES = Object.keys(COMMANDS);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-completion-"));
  for (const shell of SHELLS) writeFileSync(join(folder, shell), completionScript(shell, NAMES));
  for (const name of ["my file.yaml", "web.yaml"]) writeFileSync(join(folder, name), "");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const FORMATS = ["text", "json", "sarif", "junit", "github", "gitlab", "html"];

/** The words typed, and the completions wanted. */
const CASES = [
  { typed: ["fairlead", "che"], want: ["check"] },
  { typed: ["fairlead", "completion", ""], want: ["bash", "zsh", "fish"] },
  { typed: ["fairlead", "export", ""], want: ["vap"] },
  { typed: ["fairlead", "check", "--fail"], want: ["--fail-on", "--fail-if-empty"] },
  { typed: ["fairlead", "check", "--format", ""], want: FORMATS },
  { typed: ["fairlead", "check", "--fail-on", "w"], want: ["warning"] },
  { typed: ["fairlead", "check", "m"], want: ["my file.yaml"] },
] as const;

/** The assignments that bash makes before it calls the completion function. */
function setWords(typed: readonly string[]): string {
  return [...typed.entries()].map(([index, word]) => `COMP_WORDS[${index}]='${word}'`).join("; ");
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit"]).status === 0;
}

describe("completion", () => {
  it.each([...CASES, { typed: ["fairlead", "check", "--format", "=", "s"], want: ["sarif"] }])(
    "in bash of $typed",
    ({ typed, want }) => {
      const script = `source ./bash; ${setWords(typed)}; COMP_CWORD=${typed.length - 1}; _fairlead; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const output = execFileSync("bash", ["--norc", "-c", script], { cwd: folder, encoding: "utf8" });
      expect(output.trimEnd().split("\n")).toEqual(want);
    },
  );

  (isInstalled("zsh") ? it.each(CASES) : it.skip.each(CASES))("in zsh of $typed", ({ typed, want }) => {
    const script = `source ./zsh; setopt ksharrays; COMP_WORDS=(); ${setWords(typed)}; COMP_CWORD=${typed.length - 1}; _fairlead; print -rl -- "\${COMPREPLY[@]}"`;
    const output = execFileSync("zsh", ["-f", "-c", script], { cwd: folder, encoding: "utf8" });
    // zsh itself omits completions that do not start with the word.
    const words = output.split("\n").filter((word) => word !== "" && word.startsWith(typed.at(-1) ?? ""));
    expect(words).toEqual(want);
  });

  (isInstalled("fish") ? it.each(CASES) : it.skip.each(CASES))("in fish of $typed", ({ typed, want }) => {
    const script = `source ./fish; complete -C "${typed.join(" ")}"`;
    const output = execFileSync("fish", ["--no-config", "-c", script], { cwd: folder, encoding: "utf8" });
    const words = output
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0]?.replaceAll("\\", ""));
    expect(words.sort()).toEqual([...want].sort());
  });

  it.each(["powershell", ""])("of a shell that it does not know (%j) is refused", async (shell) => {
    const { code, stderr } = await fairlead(["completion", shell]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("bash, zsh, fish")]);
  });

  it("is printed by the command", async () => {
    expect((await fairlead(["completion", "fish"])).stdout).toBe(completionScript("fish", NAMES));
  });
});
