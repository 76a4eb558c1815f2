import { dirname, join, posix, relative } from "node:path";
import { escapeReason } from "../../files/index.ts";
import { isBuiltInSet } from "../../policy/files/index.ts";
import { absoluteGlob, absolutePath, parseGitLocation } from "../inputs/index.ts";
import { isProfileName } from "./cluster-profile.ts";

/** The origin of a configuration, which decides what paths it may name and what they are relative to. */
export interface ConfigOrigin {
  /** Why the values of a key cannot be used, and what to do instead; undefined if they can. */
  problemOf(key: string, values: readonly string[]): string | undefined;
  /** One value as it would be given on the command line. */
  resolve(key: string, value: string): string;
}

/** The options that name files, with their flags, and which of their values are not names of files. */
const PATH_OPTIONS: Readonly<Record<string, { readonly flag: string; readonly isName: (text: string) => boolean }>> = {
  against: {
    flag: "--against",
    isName: (text) => parseGitLocation(text)?.path === undefined && text.startsWith("git:"),
  },
  policy: { flag: "--policy", isName: isBuiltInSet },
  baseline: { flag: "--baseline", isName: () => false },
  clusterProfile: { flag: "--cluster-profile", isName: isProfileName },
  inventory: { flag: "--inventory", isName: () => false },
  namespaces: { flag: "--namespaces", isName: () => false },
};

/** The options whose values are globs. */
const GLOB_OPTIONS: ReadonlySet<string> = new Set(["exclude", "sets"]);

/** The origin of a configuration file in this folder. */
export function localOrigin(folder: string): ConfigOrigin {
  return {
    problemOf: (key, values) =>
      firstOf(values, (value) => problemWith(key, value, (path) => escapeReason(path, folder))),
    resolve: (key, value) => {
      if (GLOB_OPTIONS.has(key)) return resolvedGlob(value, folder);
      if (!isPath(key, value)) return value;
      const path = relative(process.cwd(), join(folder, value)) || ".";
      // A file may have the name of a ready-made policy set: `./` tells the two apart.
      return PATH_OPTIONS[key]?.isName(path) === true || path.startsWith("git:") ? `./${path}` : path;
    },
  };
}

/** The origin of a configuration in a commit. @param file its path from the top of the repository */
export function commitOrigin(ref: string, top: string, file: string): ConfigOrigin {
  const folder = dirname(file);
  return {
    problemOf: (key, values) => firstOf(values, (value) => problemWith(key, value, escapeReasonInCommit)),
    resolve: (key, value) => {
      if (GLOB_OPTIONS.has(key)) return resolvedGlob(value, join(top, folder));
      return isPath(key, value) ? `git:${ref}:${posix.join(folder, value)}` : value;
    },
  };
}

function firstOf(values: readonly string[], problemOf: (value: string) => string | undefined): string | undefined {
  return values.map(problemOf).find((found) => found !== undefined);
}

function isPath(key: string, value: string): boolean {
  return Object.hasOwn(PATH_OPTIONS, key) && PATH_OPTIONS[key]?.isName(value) === false;
}

function problemWith(
  key: string,
  value: string,
  escapeReasonOf: (path: string) => string | undefined,
): string | undefined {
  if (key === "format" && value.includes("=")) {
    const [format = ""] = value.split("=", 1);
    return `a configuration writes no files: leave ${format} without one here, or give --format ${value} on the command line`;
  }
  if (key === "against" && value.startsWith("git:-")) return "against: git:REF needs a commit, branch or tag";
  if (!isPath(key, value)) return undefined;
  const reason = value.startsWith("git:") ? "a path of a commit" : escapeReasonOf(value);
  if (reason === undefined) return undefined;
  const { flag = "" } = PATH_OPTIONS[key] ?? {};
  return (
    `${key}: ${JSON.stringify(value)} cannot be used here (${reason}): a configuration names what lies below its own ` +
    `folder; anything else is given on the command line, with ${flag}`
  );
}

function escapeReasonInCommit(path: string): string | undefined {
  if (path.startsWith("/") || path.startsWith("~")) return "an absolute path";
  return path.split("/").includes("..") ? "a path with .." : undefined;
}

/** A pattern with a slash is relative to the folder; one without matches in every folder. */
function resolvedGlob(glob: string, folder: string): string {
  return glob.includes("/") ? absoluteGlob(glob, absolutePath(folder)) : glob;
}
