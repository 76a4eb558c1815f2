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

// All of them run, so that one check names every file that is not current.
const statuses = GENERATORS.map(
  (name) =>
    spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...process.argv.slice(2)], {
      stdio: "inherit",
    }).status,
);
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
