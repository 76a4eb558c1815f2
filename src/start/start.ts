import { Scripts } from "./scripts.ts";
import { keptCode } from "./kept-code.ts";

/** In seconds. After that, V8 has dropped code that was only used at the start. */
const SHORT_RUN = 3;

/**
 * Loads the program for a command line, and keeps the code that is compiled for the next run of this kind.
 * @param folder where the scripts are
 * @param build what tells these scripts from those of every other build
 * @returns the program, and what keeps the code at once; it is also kept when a short run ends
 */
export function startCommand(folder: string, build: string) {
  const args = process.argv.slice(2);
  const scripts = new Scripts(folder, keptCode(folder, build, useOf(args)));
  const keep = (): void => {
    if (process.uptime() < SHORT_RUN) scripts.keep();
  };
  process.once("exit", keep);
  return { program: scripts.load(`${programOf(args)}.cjs`), keep };
}

/** Loads a program for a thread or a process that a command starts, with the code that the command has kept. */
export function startPart(folder: string, build: string, program: string): unknown {
  const use = program === "serve" ? program : useOf(process.argv.slice(2));
  return new Scripts(folder, keptCode(folder, build, use)).load(`${program}.cjs`);
}

/** The commands with a program of their own. */
const OWN_PROGRAM: ReadonlySet<string> = new Set(["check", "serve"]);

/** The name of the program that has the command. */
function programOf(args: readonly string[]): string {
  const command = args.find((arg) => !arg.startsWith("-"));
  if (command === undefined) return "help";
  return OWN_PROGRAM.has(command) ? command : "others";
}

/**
 * What a command line uses of the program: the command and the names of its options. Each has compiled code of its own: with
 * what all use, every run would wait for the others' code. What a server uses is set elsewhere, too.
 */
function useOf(args: readonly string[]): string {
  const command = args.find((arg) => !arg.startsWith("-"));
  const options = args.filter((arg) => arg.startsWith("-")).map((arg) => arg.replace(/=.*/s, ""));
  return [command, ...new Set(options.sort())].join(" ");
}
