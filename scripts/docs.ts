/** `node scripts/docs.ts [--check]`: writes all generated files, or checks that they are current. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The generators, in an order in which each finds what it reads. */
const GENERATORS = [
  "cel-grammar",
  "service-docs",
  "versions-docs",
  "rules-docs",
  "export-docs",
  "cel-docs",
  "policy-schemas",
  "settings-docs",
  "profile-docs",
  "chart-settings",
  "chart-inventory",
  "chart-docs",
  "deploy",
  "examples",
  "action",
  "performance-docs",
];

/** Those whose functions others use, too: imported, they write nothing. */
const PROGRAMS = ["chart-docs", "deploy"];

// All of them run, so that one check names every file that is not current; in this process, where they share the modules
// that nearly all of them load.
for (const name of GENERATORS) {
  try {
    if (PROGRAMS.includes(name)) run(join(import.meta.dirname, `${name}.ts`));
    else await import(`./${name}.ts`);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

function run(file: string): void {
  const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
