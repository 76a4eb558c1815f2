import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isObject, type JsonObject, typeName } from "../field/json.ts";
import { nearestWord } from "../field/suggestion.ts";
import { readText, type TextDocument } from "../text/index.ts";
import { committed, local, type Origin } from "./config-paths.ts";
import { CHECK_OPTIONS, type CheckOption, optionKey } from "./options.ts";
import { readSource } from "./source.ts";
import { Unusable } from "./unusable.ts";
import { strays } from "./within.ts";

export const CONFIG_NAME = ".fairlead.yaml";

/** What a configuration says, and who says it. */
export interface Configuration {
  /** Its name for people: `.fairlead.yaml`, `git:origin/main:.fairlead.yaml`. */
  readonly name: string;
  /** Options by their names in camel case; paths in them are as the command line would have them. */
  readonly options: JsonObject;
  /** The same as it was written. */
  readonly given: JsonObject;
  /** Whether it is of a commit that the command line names: then it is the command line's word. */
  readonly isOfCommit: boolean;
}

const IN_FILE: ReadonlyMap<string, CheckOption> = new Map(
  CHECK_OPTIONS.filter(({ inFile }) => inFile).map((option) => [optionKey(option.flag), option]),
);

/** The configuration that holds for a folder: the nearest `.fairlead.yaml` above it; undefined if there is none. */
export function findConfig(folder: string): string | undefined {
  const file = join(resolve(folder), CONFIG_NAME);
  if (existsSync(file)) return file;
  const parent = dirname(resolve(folder));
  return parent === resolve(folder) ? undefined : findConfig(parent);
}

/**
 * Reads a configuration of a file. It may be somebody else's, of a checkout: it writes nothing, and what it names lies
 * below its own folder.
 * @throws {Unusable} naming file, line and what would be right
 */
export function readConfig(file: string): Configuration {
  const read = optionsIn(configText(file), file, local(dirname(file)));
  return { name: relative(process.cwd(), file), ...read, isOfCommit: false };
}

/** The text of a configuration's file. @throws {Unusable} */
export function configText(file: string): string {
  const reason = /^\/(?:dev|proc)\//.test(file) ? undefined : strays(basename(file), dirname(file));
  const source = reason === undefined ? readSource(file) : { unreadable: `it is ${reason}` };
  if ("text" in source) return source.text;
  throw new Unusable(`the configuration ${file} cannot be read: ${source.unreadable}`);
}

/**
 * Reads a configuration of a commit, whose paths are of that commit too.
 * @param path from the top of the repository; unless said, the nearest `.fairlead.yaml` from this folder upwards
 * @returns undefined if the commit has none, and none was named
 * @throws {Unusable}
 */
export async function readConfigAt(ref: string, path: string | undefined): Promise<Configuration | undefined> {
  const { commitOf, contentsOf, filesOf, workTree } = await import("./git-run.ts");
  const [commit, { top, prefix }] = [commitOf("--config", ref), workTree("--config")];
  const wanted = path === undefined ? upwards(prefix) : [path];
  const found = wanted.find((file) => filesOf("--config", commit, file).includes(file));
  if (found === undefined && path === undefined) return undefined;
  const [file] = contentsOf("--config", commit, found === undefined ? [] : [found]);
  const name = `git:${ref}:${found ?? path ?? ""}`;
  if (file === undefined) throw new Unusable(`--config ${name}: the commit holds no such file`);
  return { name, ...optionsIn(file.text, name, committed(ref, top, file.file)), isOfCommit: true };
}

/** Where a configuration may lie for a folder of the repository, the nearest first. @param prefix `a/b/` */
function upwards(prefix: string): string[] {
  const folders = prefix.split("/").filter((part) => part !== "");
  return Array.from({ length: folders.length + 1 }, (_none, up) =>
    [...folders.slice(0, folders.length - up), CONFIG_NAME].join("/"),
  );
}

/** The options of a configuration's text, by their keys; nothing of them is looked at. Undefined if it has none. */
export function settingsIn(text: string): JsonObject | undefined {
  const { documents, problems } = readText(text, { format: "yaml" });
  const value = documents[0]?.value ?? {};
  return problems.length === 0 && isObject(value) ? value : undefined;
}

function optionsIn(text: string, file: string, origin: Origin): Pick<Configuration, "options" | "given"> {
  const { documents, problems } = readText(text, { format: "yaml" });
  const [problem] = problems;
  if (problem !== undefined) throw new Unusable(`${file}:${problem.region.startLine}: ${problem.message}`);
  const [document] = documents;
  const value = document?.value ?? {};
  if (!isObject(value)) {
    throw new Unusable(`${file}:1: a configuration is a mapping of options, such as failOn: warning`);
  }
  const complaints = Object.entries(value).flatMap(([key, given]) => {
    const complaint = complaintAbout(key, given) ?? origin.complaint(key, [given].flat().map(String));
    return complaint === undefined ? [] : [`${file}:${lineOf(document, key)}: ${complaint}`];
  });
  if (complaints.length > 0) throw new Unusable(complaints.join("\n"));
  const options = Object.entries(value).map(([key, given]): [string, unknown] => [key, placed(key, given, origin)]);
  return { options: Object.fromEntries(options), given: value };
}

function lineOf(document: TextDocument | undefined, key: string): number {
  return document?.locate([key], "key")?.startLine ?? 1;
}

function complaintAbout(key: string, given: unknown): string | undefined {
  const option = IN_FILE.get(key);
  if (option === undefined) {
    const meant = nearestWord(key, [...IN_FILE.keys()]);
    return `${key} is no option of a configuration${meant === undefined ? "" : `; did you mean ${meant}?`}`;
  }
  const want = option.value === undefined ? "boolean" : option.isList === true ? "list" : "string";
  if (want === "list") {
    const isTexts = Array.isArray(given) && given.every((item) => typeof item === "string");
    return isTexts || typeof given === "string"
      ? undefined
      : `${key} must be a list of strings, not a ${typeName(given)}`;
  }
  if (want === "string" && typeof given === "number") return undefined;
  return typeof given === want ? undefined : `${key} must be a ${want}, not a ${typeName(given)}`;
}

/** A value of the configuration as the command line would have it. */
function placed(key: string, given: unknown, origin: Origin): unknown {
  if (Array.isArray(given)) return given.map((item: unknown) => origin.placed(key, String(item)));
  if (typeof given === "number" || typeof given === "string") return origin.placed(key, String(given));
  return given;
}
