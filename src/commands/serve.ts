import { Command, Option } from "commander";
import { loadConfig, SETTINGS, unknownVariables, variableOf } from "../serve/config/index.ts";
import { serve } from "../serve/index.ts";
import { ConfigError, EXIT_CODES } from "../usage/index.ts";
import { VERSION } from "../version.ts";

/** The command `fairlead serve`: runs the webhook. Each setting of the configuration has a flag. */
export function command(onReady: () => void): Command {
  const serveCommand = new Command("serve")
    .addOption(new Option("--config <FILE>", "YAML file of settings").env("FAIRLEAD_CONFIG"))
    .option("--demo", "print how to try it with curl; shut down without draining");
  for (const setting of SETTINGS) {
    const { flag, value, help, schema } = setting;
    const option = new Option(`--${flag} <${value}>`, `${help} (${variableOf(setting)})`);
    if (schema.type === "array") option.argParser(collect);
    serveCommand.addOption(option);
  }
  return serveCommand.action(async function (this: Command) {
    process.exitCode = await run(this.opts(), onReady);
  });
}

async function run(options: Readonly<Record<string, unknown>>, onReady: () => void): Promise<number> {
  const demo = options["demo"] === true;
  const file = options["config"];
  // An error of standard error, such as a closed pipe, must not end the server.
  process.stderr.on("error", () => undefined);
  for (const problem of unknownVariables(process.env)) process.stderr.write(`fairlead serve: ${problem}\n`);
  try {
    const config = loadConfig({
      file: typeof file === "string" ? file : undefined,
      environment: process.env,
      flags: flagsOf(options),
    });
    const drainSeconds = demo ? 0 : config.shutdown.drainSeconds;
    return await serve({ ...config, shutdown: { ...config.shutdown, drainSeconds } }, VERSION, { demo, onReady });
  } catch (error) {
    if (!isExpected(error)) throw error;
    process.stderr.write(error.message.replace(/^/gm, "fairlead serve: ") + "\n");
    return EXIT_CODES.unusable;
  }
}

/** Whether the error is for the user to resolve: an invalid configuration, a port in use, a file that cannot be written. */
function isExpected(error: unknown): error is Error {
  return error instanceof ConfigError || (error instanceof Error && "syscall" in error);
}

/** The values of the flags by flag name; commander returns them by property name in camel case. */
function flagsOf(options: Readonly<Record<string, unknown>>): Record<string, string | readonly string[]> {
  const flags: Record<string, string | readonly string[]> = {};
  for (const { flag } of SETTINGS) {
    const value = options[flag.replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase())];
    if (typeof value === "string") flags[flag] = value;
    else if (Array.isArray(value)) flags[flag] = value.map(String);
  }
  return flags;
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
