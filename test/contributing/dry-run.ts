import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT } from "../paths.ts";
import { type Change, CHANGES, type Edit, EXAMPLE } from "./changes.ts";

/** What is made from the sources, and what is shared with the copy by a link. */
const LEFT_OUT = [".git", ".stryker-tmp", "coverage", "dist", "reports"];
const SHARED = ["node_modules", ".cache"];
const GIT = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];

/** A copy of the project in which changes are tried, each a commit of its own. */
export class DryRun {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-dry-run-"));

  constructor() {
    cpSync(ROOT, this.folder, {
      recursive: true,
      filter: (path) => ![...LEFT_OUT, ...SHARED].includes(basename(path)) || join(path, "..") !== ROOT,
    });
    for (const name of SHARED) {
      mkdirSync(join(ROOT, name), { recursive: true });
      symlinkSync(join(ROOT, name), join(this.folder, name));
    }
    this.#git("init", "--quiet");
    this.#commit("as it is");
  }

  /** Makes the change, generated files included. Returns the files that differ, sorted, as git names them. */
  make({ heading, edits, generated }: Change): readonly string[] {
    for (const edit of edits) this.#edit(edit);
    if (generated.length > 0) this.npm("docs");
    const files = this.#git("status", "--porcelain", "--untracked-files=all").trimEnd().split("\n");
    this.#commit(heading);
    return files.map((line) => line.slice(3)).sort();
  }

  /** The last change, as `git diff --stat` shows it. */
  stat(): string {
    return this.#git("diff", "--stat=100", "HEAD~1", "HEAD");
  }

  /** Runs a script of package.json. @throws if it fails, with what it printed */
  npm(script: string): void {
    execFileSync("npm", ["run", "--silent", script], { cwd: this.folder, encoding: "utf8", stdio: "pipe" });
  }

  /** What the command prints, run from its sources. */
  fairlead(args: readonly string[]): string {
    writeFileSync(join(this.folder, EXAMPLE.file), EXAMPLE.text);
    const { stdout, stderr } = spawnSync(process.execPath, ["src/bin.ts", ...args], {
      cwd: this.folder,
      encoding: "utf8",
    });
    rmSync(join(this.folder, EXAMPLE.file));
    return stdout + stderr;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #edit(edit: Edit): void {
    const file = join(this.folder, edit.file);
    if ("create" in edit) {
      writeFileSync(file, edit.create, { flag: "wx" });
      return;
    }
    const text = readFileSync(file, "utf8");
    const anchor = "before" in edit ? edit.before : edit.behind;
    const found = text.indexOf(anchor);
    if (found < 0)
      throw new Error(`${edit.file} no longer has ${JSON.stringify(anchor)}: adapt test/contributing/changes.ts`);
    const at = "before" in edit ? found : found + anchor.length;
    writeFileSync(file, text.slice(0, at) + edit.insert + text.slice(at));
  }

  #commit(message: string): void {
    this.#git("add", "--all");
    this.#git("commit", "--quiet", "--no-verify", "--message", message);
  }

  #git(...args: readonly string[]): string {
    return execFileSync("git", [...GIT, ...args], { cwd: this.folder, encoding: "utf8" });
  }
}

// `npm run dry-runs` prints what each change touches.
if (import.meta.main) {
  const run = new DryRun();
  try {
    for (const change of CHANGES) {
      run.make(change);
      console.log(`${change.heading}\n${run.stat()}`);
    }
  } finally {
    run.remove();
  }
}
