import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ROOT } from "../paths.ts";
import { evaluated, type Job, type Workflow } from "./workflow.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** What the programs that reach other machines say and do here, as lines of a shell script; all of them do nothing else. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  docker: [
    `case "$*" in`,
    `  *--metadata-file*) printf '{"containerimage.digest":"${DIGEST}"}' >image.json ;;`,
    `  *imagetools*) printf '{"manifests":[{"platform":{"architecture":"amd64"}},{"platform":{"architecture":"arm64"}}]}' ;;`,
    "esac",
  ],
  helm: [`if [ "$1" = push ]; then printf 'Pushed: x\\nDigest: ${DIGEST}\\n' >&2; fi`],
  cosign: [],
  gh: [`if [ "$1 $2" = "release view" ]; then exit 1; fi`],
  git: [],
  npm: [
    `case "$1" in`,
    `  pack | sbom) exec "${realNpm()}" "$@" ;;`,
    `  config) if [ "$2" = get ]; then echo https://registry.example/; fi ;;`,
    "esac",
  ],
};

/** One call of a program: its name and arguments. */
export type Call = readonly string[];

/** A machine on which the steps of a workflow run, but nothing leaves it. */
export class Runner {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-release-"));
  readonly #bin = join(this.folder, "bin");

  constructor() {
    mkdirSync(this.#bin);
    for (const [name, lines] of Object.entries(PROGRAMS)) {
      const record = `{ printf '%s\\0' ${name} "$@"; printf '\\n'; } >>"${this.folder}/calls"`;
      this.#program(join(this.#bin, name), [record, ...lines]);
    }
    this.#checkOut();
  }

  /** The repository, ready to be released, with checks that find nothing. */
  #checkOut(): void {
    const checkout = join(this.folder, "checkout");
    mkdirSync(checkout);
    const own = [".git", ".ci", "CHANGELOG.md", "release"];
    for (const name of readdirSync(ROOT).filter((one) => !own.includes(one))) {
      symlinkSync(join(ROOT, name), join(checkout, name));
    }
    const changelog = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
    writeFileSync(join(checkout, "CHANGELOG.md"), changelog.replace("(unreleased)", "(2027-01-31)"));
    mkdirSync(join(checkout, ".ci"));
    this.#program(join(checkout, ".ci", "run"), [`printf 'ci\\0\\n' >>"${this.folder}/calls"`]);
  }

  /**
   * Runs a job's scripts in their order: in the checkout if it checks out, with the artifact if it downloads it.
   * @returns what its programs were called with
   * @throws Error if a script fails
   */
  run({ env }: Workflow, job: Job, values: Readonly<Record<string, string>>): Call[] {
    const checkout = join(this.folder, "checkout");
    const uses = (action: string): boolean => job.steps.some((step) => step.uses?.startsWith(action) === true);
    const folder = uses("actions/checkout@") ? checkout : join(this.folder, job.name);
    mkdirSync(folder, { recursive: true });
    if (uses("actions/download-artifact@")) {
      cpSync(join(checkout, "release"), join(folder, "release"), { recursive: true });
    }
    rmSync(join(this.folder, "calls"), { force: true });
    for (const step of job.steps) {
      if (step.run === undefined) continue;
      const variables: Record<string, string> = {};
      for (const [name, text] of Object.entries({ ...env, ...step.env })) variables[name] = evaluated(text, values);
      const { status, stdout, stderr } = spawnSync(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run],
        {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, ...this.#environment(values), ...variables },
        },
      );
      if (status !== 0) throw new Error(`${job.name}: ${step.name}: exit code ${String(status)}\n${stdout}${stderr}`);
    }
    return this.#calls();
  }

  #environment(values: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    return {
      PATH: [this.#bin, process.env["PATH"] ?? ""].join(delimiter),
      GITHUB_SHA: values["github.sha"],
      GITHUB_REPOSITORY: values["github.repository"],
      GITHUB_SERVER_URL: "https://github.com",
    };
  }

  #calls(): Call[] {
    const file = join(this.folder, "calls");
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\0\n").slice(0, -1) : [];
    return lines.map((line) => line.split("\0"));
  }

  #program(file: string, lines: readonly string[]): void {
    writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(file, 0o755);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function realNpm(): string {
  return execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
}
