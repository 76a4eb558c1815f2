import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Writes a generated file; with `--check` on the command line it writes nothing, and sets a failing exit code if the file
 * is not current.
 */
export function writeOrCheck(file: string, text: string): void {
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
    return;
  }
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  console.error(`${file} is not current: run \`npm run docs\` and commit what it writes`);
  process.exitCode = 1;
}
