import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Broken } from "./target.ts";

const CLI = join(import.meta.dirname, "..", "dist", "cli.js");
/** One in `SHARE` texts goes through the real command, `BATCH` in one run of it. */
const SHARE = 200;
const BATCH = 60;

interface Shared {
  readonly file: string;
  readonly fixed: string;
}

/** A sample of the texts, also fixed by the real command, which must write the same as in process. */
export class CommandShare {
  #folder: string | undefined;
  #shared: Shared[] = [];
  #count = 0;

  add(name: string, text: string, fixed: string): void {
    // Text that does not survive a round trip through a file cannot be compared.
    if (this.#count++ % SHARE !== 0 || text === "" || !text.isWellFormed() || text.startsWith("\ufeff")) return;
    this.#folder ??= mkdtempSync(join(tmpdir(), "fairlead-fuzz-"));
    const file = join(this.#folder, `${this.#shared.length}-${name}`);
    writeFileSync(file, text);
    this.#shared.push({ file, fixed });
  }

  /** Runs the command if there are enough texts. @throws Broken */
  async runIfDue(): Promise<void> {
    if (this.#shared.length >= BATCH) await this.#run();
  }

  async end(): Promise<void> {
    try {
      if (this.#shared.length > 0) await this.#run();
    } finally {
      if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  async #run(): Promise<void> {
    const shared = this.#shared;
    this.#shared = [];
    const code = await fix(this.#folder ?? "");
    if (code !== 0 && code !== 1 && code !== 2) throw new Broken("no crash", `check --fix ended with ${code}`);
    const other = shared.find(({ file, fixed }) => readFileSync(file, "utf8") !== fixed);
    if (other !== undefined) {
      throw new Broken(
        "the command fixes as in process",
        JSON.stringify([readFileSync(other.file, "utf8"), other.fixed]),
      );
    }
  }
}

function fix(folder: string): Promise<number | string> {
  return new Promise((resolve) => {
    const args = [CLI, "check", "--fix", "--no-config", "--format", "json", folder];
    execFile(process.execPath, args, { maxBuffer: 2 ** 28 }, (error) => {
      resolve(error === null ? 0 : (error.code ?? error.signal ?? "a signal"));
    });
  });
}
