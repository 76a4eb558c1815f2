/** `node scripts/cel-grammar.ts [--check]`: writes the lexer and the parser of CEL from their grammar, or checks that they are current. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOrCheck } from "./generated.ts";

const GRAMMAR = "src/cel/syntax/grammar/Cel.g4";
const GENERATOR = "node_modules/antlr-ng/dist/cli/runner.js";

/** Notes of the generator's makers to themselves, and a type that nothing uses. */
const PREAMBLE = /^\/\/ for running tests[^]*?type int = number;\n+/m;

const folder = mkdtempSync(join(tmpdir(), "fairlead-grammar-"));
try {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [GENERATOR, "-Dlanguage=TypeScript", "--generate-listener", "false", "-o", folder, GRAMMAR],
    { encoding: "utf8" },
  );
  // It exits with 0 even when it refuses the grammar.
  if (status !== 0 || /^error/m.test(stdout + stderr)) throw new Error(`antlr-ng: ${stdout}${stderr}`);
  for (const [name, file] of [
    ["CelLexer.ts", "lexer.ts"],
    ["CelParser.ts", "parser.ts"],
  ] as const) {
    const text = readFileSync(join(folder, name), "utf8").trim().replace(PREAMBLE, "");
    // What is generated does not keep the rules of our own code: types it has, but no compiler's nor linter's checks.
    writeOrCheck(
      join("src/cel/syntax/grammar", file),
      `// @ts-nocheck\n// Written by \`node scripts/cel-grammar.ts\` from Cel.g4.\n${text.replaceAll(/[ \t]+$/gm, "")}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
