import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { isObject, type JsonObject, typeName } from "../field/json.ts";
import { didYouMean } from "../service/rules/rule.ts";
import { readText } from "../text/index.ts";
import { anchored } from "./glob.ts";
import { CHECK_OPTIONS, type CheckOption, optionKey } from "./options.ts";
import { Unusable } from "./unusable.ts";

const CONFIG_NAME = ".fairlead.yaml";

const IN_FILE: ReadonlyMap<string, CheckOption> = new Map(
  CHECK_OPTIONS.filter(({ inFile }) => inFile).map((option) => [optionKey(option.flag), option]),
);

/** What names files, relative to the folder of the configuration. */
const PATH_KEYS: ReadonlySet<string> = new Set(["against", "policy", "baseline", "clusterProfile", "namespaces"]);

/** The configuration that holds for a folder: the nearest `.fairlead.yaml` above it; undefined if there is none. */
export function findConfig(folder: string): string | undefined {
  const file = join(resolve(folder), CONFIG_NAME);
  if (existsSync(file)) return file;
  const parent = dirname(resolve(folder));
  return parent === resolve(folder) ? undefined : findConfig(parent);
}

/**
 * Reads a configuration: options by their names in camel case. Paths in it are relative to it.
 * @throws {Unusable} naming file, line and what would be right
 */
export function readConfig(file: string): JsonObject {
  const text = textOf(file);
  const { documents, problems } = readText(text, { format: "yaml" });
  const [problem] = problems;
  if (problem !== undefined) throw new Unusable(`${file}:${problem.region.startLine}: ${problem.message}`);
  const [document] = documents;
  const value = document?.value ?? {};
  if (!isObject(value))
    throw new Unusable(`${file}:1: a configuration is a mapping of options, such as failOn: warning`);
  const complaints = Object.entries(value).flatMap(([key, given]) => {
    const complaint = complaintAbout(key, given);
    const line = document?.locate([key], "key")?.startLine ?? 1;
    return complaint === undefined ? [] : [`${file}:${line}: ${complaint}`];
  });
  if (complaints.length > 0) throw new Unusable(complaints.join("\n"));
  return Object.fromEntries(Object.entries(value).map(([key, given]) => [key, placed(key, given, dirname(file))]));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Unusable(`the configuration ${file} cannot be read`);
  }
}

function complaintAbout(key: string, given: unknown): string | undefined {
  const option = IN_FILE.get(key);
  if (option === undefined) {
    const meant = didYouMean(key, [...IN_FILE.keys()]);
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

/** A path of the configuration as one from the working folder. */
function placed(key: string, given: unknown, folder: string): unknown {
  if (key === "exclude") return [given].flat().map((glob) => excluded(String(glob), folder));
  if (!PATH_KEYS.has(key)) return typeof given === "number" ? String(given) : given;
  if (Array.isArray(given)) return given.map((item: unknown) => placed(key, item, folder));
  if (typeof given !== "string" || isAbsolute(given) || given.startsWith("git:")) return given;
  const path = join(folder, given);
  // A name that is no file here may be one of the built-in sets or profiles.
  return existsSync(path) ? relative(process.cwd(), path) || "." : given;
}

/** A pattern without a slash holds in every folder. */
function excluded(glob: string, folder: string): string {
  return glob.includes("/") ? anchored(glob, folder) : glob;
}
