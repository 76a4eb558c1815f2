import type { Command } from "commander";
import type { CheckOption } from "../../examine/settings/index.ts";

/** Adds an option of the table to a command. */
export function addOption(command: Command, { flag, value, help, isList }: CheckOption): void {
  const flags = value === undefined ? `--${flag}` : `--${flag} <${value}>`;
  if (isList === true) command.option(flags, help, collect);
  else command.option(flags, help);
}

function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
