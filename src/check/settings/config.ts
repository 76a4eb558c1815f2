import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isObject, type JsonObject, nearestWord, NumberText, typeName } from "../../field/index.ts";
import { escapeReason, readSource } from "../../files/index.ts";
import type { TextDocument } from "../../text/document/index.ts";
import { readText } from "../../text/index.ts";
import { Unusable } from "../../usage/index.ts";
import { commitOrigin, type ConfigOrigin, localOrigin } from "./config-paths.ts";
import { type CheckOption, optionKey } from "../../examine/settings/index.ts";
import { CHECK_OPTIONS } from "./options.ts";
import { versionOfNumber } from "./target-version.ts";

/** The name of configuration files. */
export const CONFIG_NAME = ".fairlead.yaml";

/** A configuration, with its origin. */
export interface Configuration {
  /** Its name for people: `.fairlead.yaml`, `git:origin/main:.fairlead.yaml`. */
  readonly name: string;
  /** The options by their names in camel case, with paths resolved to what the command line would name. */
  readonly options: JsonObject;
  /** The options as they are written in the file. */
  readonly written: JsonObject;
}

/** A problem of a configuration, with its line. */
export interface ConfigProblem {
  readonly line: number;
  readonly message: string;
}

/** A configuration that cannot be used. */
export class InvalidConfig extends Unusable {
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[]) {
    super(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

const IN_FILE: ReadonlyMap<string, CheckOption> = new Map(
  CHECK_OPTIONS.filter(({ inFile }) => inFile).map((option) => [optionKey(option.flag), option]),
);

/** The configuration file of a folder: the nearest `.fairlead.yaml` in it or above it; undefined if there is none. */
export function findConfig(folder: string): string | undefined {
  const file = join(resolve(folder), CONFIG_NAME);
  if (existsSync(file)) return file;
  const parent = dirname(resolve(folder));
  return parent === resolve(folder) ? undefined : findConfig(parent);
}

/**
 * Reads a configuration file. It may be part of an untrusted checkout: it cannot make the run write files, and the
 * paths that it names must be below its own folder.
 * @throws {Unusable} with the file, the line and what to do instead
 */
export function readConfig(file: string): Configuration {
  return configOf(configText(file), file);
}

/** The configuration that a file of this name would be with the text. @throws {InvalidConfig} */
export function configOf(text: string, file: string): Configuration {
  const read = optionsIn(text, file, localOrigin(dirname(file)));
  return { name: relative(process.cwd(), file), ...read };
}

/** The text of a configuration file. @throws {Unusable} if it cannot be read or is a link out of its folder */
export function configText(file: string): string {
  const reason = /^\/(?:dev|proc)\//.test(file) ? undefined : escapeReason(basename(file), dirname(file));
  const source = reason === undefined ? readSource(file) : { unreadable: `it is ${reason}` };
  if ("text" in source) return source.text;
  throw new Unusable(`the configuration ${file} cannot be read: ${source.unreadable}`);
}

/**
 * Reads a configuration from a commit; the paths in it are paths of that commit, too.
 * @param path its path from the top of the repository; by default the nearest `.fairlead.yaml` from the folder upwards
 * @param folder a folder of the repository
 * @returns undefined if no path is given and the commit has no configuration
 * @throws {Unusable} if the commit or the path does not exist, or the configuration is invalid
 */
export async function readConfigAt(
  ref: string,
  path: string | undefined,
  folder: string,
): Promise<Configuration | undefined> {
  const { commitOf, contentsOf, filesOf, workTree } = await import("../inputs/index.ts");
  const use = { option: "--config", folder };
  const [commit, { top, prefix }] = [commitOf(use, ref), workTree(use)];
  const candidates = path === undefined ? candidatesFor(prefix) : [path];
  const found = candidates.find((file) => filesOf(use, commit, file).includes(file));
  if (found === undefined && path === undefined) return undefined;
  const [file] = contentsOf(use, commit, found === undefined ? [] : [found]);
  const name = `git:${ref}:${found ?? path ?? ""}`;
  if (file === undefined) throw new Unusable(`--config ${name}: the commit holds no such file`);
  return { name, ...optionsIn(file.text, name, commitOrigin(ref, top, file.file)) };
}

/** Paths of possible configurations for a folder of the repository, the nearest first. @param prefix `a/b/` */
function candidatesFor(prefix: string): string[] {
  const folders = prefix.split("/").filter((part) => part !== "");
  return Array.from({ length: folders.length + 1 }, (_none, up) =>
    [...folders.slice(0, folders.length - up), CONFIG_NAME].join("/"),
  );
}

/** The settings in a configuration's text, not validated; undefined if it is not a mapping. */
export function parseSettings(text: string): JsonObject | undefined {
  const { documents, problems } = readText(text, { format: "yaml" });
  const value = documents[0]?.value ?? {};
  return problems.length === 0 && isObject(value) ? value : undefined;
}

function optionsIn(text: string, file: string, origin: ConfigOrigin): Pick<Configuration, "options" | "written"> {
  const { documents, problems } = readText(text, { format: "yaml" });
  const [problem] = problems;
  if (problem !== undefined)
    throw new InvalidConfig(file, [{ line: problem.region.startLine, message: problem.message }]);
  const [document] = documents;
  const value = document?.value ?? {};
  if (!isObject(value)) {
    throw new InvalidConfig(file, [
      { line: 1, message: "a configuration is a mapping of options, such as failOn: warning" },
    ]);
  }
  const invalid = Object.entries(value).flatMap(([key, setting]) => {
    const reason = problemOf(key, setting) ?? origin.problemOf(key, [setting].flat().map(String));
    return reason === undefined ? [] : [{ line: lineOf(document, key), message: reason }];
  });
  if (invalid.length > 0) throw new InvalidConfig(file, invalid);
  const options = Object.entries(value).map(([key, setting]): [string, unknown] => [
    key,
    resolved(key, setting, origin),
  ]);
  return { options: Object.fromEntries(options), written: value };
}

function lineOf(document: TextDocument | undefined, key: string): number {
  return document?.locate([key], "key")?.startLine ?? 1;
}

/** Options that once had another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["dryRun", "serverDryRun"],
  ["dry-run", "serverDryRun"],
]);

function problemOf(key: string, value: unknown): string | undefined {
  const option = IN_FILE.get(key);
  if (option === undefined) {
    const meant = RENAMED.get(key) ?? nearestWord(key, [...IN_FILE.keys()]);
    return `${key} is not an option of the configuration${meant === undefined ? "" : `; did you mean ${meant}?`}`;
  }
  const expected = option.value === undefined ? "boolean" : option.isList === true ? "list" : "string";
  if (expected === "list") {
    const isTexts = Array.isArray(value) && value.every((item) => typeof item === "string");
    return isTexts || typeof value === "string"
      ? undefined
      : `${key} must be a list of strings, not a ${typeName(value)}`;
  }
  if (expected === "string" && (typeof value === "number" || value instanceof NumberText)) return undefined;
  return typeof value === expected ? undefined : `${key} must be a ${expected}, not a ${typeName(value)}`;
}

/** A value of the configuration as it would be given on the command line. */
function resolved(key: string, value: unknown, origin: ConfigOrigin): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => origin.resolve(key, String(item)));
  // A version without quotes is a number to YAML, and has lost a zero at its end.
  if (value instanceof NumberText) return versionOfNumber(Number(value.text)) ?? value.text;
  if (typeof value === "number" || typeof value === "string") return origin.resolve(key, String(value));
  return value;
}
