import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { killAfterTest } from "../cleanup.ts";
import { CLI } from "../paths.ts";

/** What a script left behind. */
export interface ScriptRun {
  readonly code: number | null;
  readonly output: string;
  /** The words that `npx` was called with, for each call. */
  readonly calls: readonly (readonly string[])[];
}

/** A folder in which scripts of CI find an `npx` that runs the built command in place of the published package. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-ci-"));
  readonly #bin = join(this.folder, ".bin");

  constructor() {
    mkdirSync(this.#bin);
    const stub = [
      "#!/bin/sh",
      `printf '%s\\0' "$@" >>"${this.folder}/.calls"; printf '\\n' >>"${this.folder}/.calls"`,
      // What npx is told by where it runs: the checkout has no say in it.
      `pwd >>"${this.folder}/.places"; echo "NODE_OPTIONS=$NODE_OPTIONS" >>"${this.folder}/.places"`,
      `if [ "$1" = --yes ]; then shift; fi`,
      `case "$1" in --package=*) while [ "$1" != -- ]; do shift; done; shift; exec "$@" ;; esac; shift`,
      `exec "${process.execPath}" "${CLI}" "$@"`,
    ];
    this.program("npx", stub.join("\n"));
    // As an installed package has it.
    this.program("fairlead", `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"`);
  }

  /** Puts a program on the path of scripts. */
  program(name: string, text: string): void {
    mkdirSync(dirname(join(this.#bin, name)), { recursive: true });
    writeFileSync(join(this.#bin, name), text);
    chmodSync(join(this.#bin, name), 0o755);
  }

  write(name: string, text: string): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Commits a file; returns the commit's hash. */
  commit(name: string): string {
    const git = (...args: string[]): string => {
      const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
      return execFileSync("git", [...identity, ...args], { cwd: this.folder, encoding: "utf8" });
    };
    git("init", "-q");
    git("add", name);
    git("commit", "-qm", "before");
    return git("rev-parse", "HEAD").trim();
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs a script as runners do: it ends at the first command that fails. */
  run(script: string, environment: Readonly<Record<string, string>> = {}): Promise<ScriptRun> {
    for (const name of [".calls", ".places"]) rmSync(join(this.folder, name), { force: true });
    const path = [this.#bin, process.env["PATH"] ?? ""].join(delimiter);
    const child = killAfterTest(
      spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
        cwd: this.folder,
        env: { ...process.env, NO_COLOR: "1", ...environment, PATH: path },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    }
    return new Promise((resolve) => {
      child.on("close", (code) => {
        resolve({ code, output, calls: this.#calls() });
      });
    });
  }

  #calls(): string[][] {
    try {
      return this.read(".calls")
        .split("\0\n")
        .slice(0, -1)
        .map((call) => call.split("\0"));
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export const GOOD = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`;
export const BAD = GOOD.replace("port: 80", "port: 0");
