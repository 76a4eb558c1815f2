import { relative, resolve, sep } from "node:path";
import { optionKey } from "../../examine/settings/index.ts";
import { compileFiles, type PolicyProblem, type SourceFile } from "../../policy/files/index.ts";
import type { FileProblem } from "./file-problem.ts";

/** Something that is wrong with the settings. */
export interface Fault {
  /** The option of the check that cannot be used; undefined for what is no single option. */
  readonly key: string | undefined;
  readonly message: string;
  /** Where it is shown; nowhere for a setting of the editor. */
  readonly places: readonly FileProblem[];
}

/** A setting with its name for people, and where it is written. */
export interface WrittenSetting {
  readonly key: string | undefined;
  readonly name: string | undefined;
  readonly place: { readonly file: string; readonly line: number } | undefined;
}

/** What is wrong with a setting. Paths in the message start from the folder. */
export function settingFault(
  { key, name, place }: WrittenSetting,
  { error, policies }: { readonly error: Error; readonly policies: readonly SourceFile[] },
  folder: string,
): Fault {
  const unreadable = policies.flatMap((source) =>
    "unreadable" in source ? [`${nameIn(folder, source.file)}: ${source.unreadable}`] : [],
  );
  const text = unreadable.length > 0 ? unreadable.join("\n") : error.message;
  const message = name === undefined ? text : named(text, name);
  return { key, message, places: place === undefined ? [] : [{ ...place, column: 1, message }] };
}

/** The message with the setting's name in front, in place of the option that the command line has for it. */
function named(text: string, name: string): string {
  const [flag = ""] = /^--[\w-]+/.exec(text) ?? [];
  return flag !== "" && name.endsWith(optionKey(flag.slice(2))) ? name + text.slice(flag.length) : `${name}: ${text}`;
}

/** What is wrong in policies that could be read; nothing if one could not be. */
export function policyFaults(policies: readonly SourceFile[], key: string): Fault[] {
  if (policies.some((source) => "unreadable" in source)) return [];
  return compileFiles(policies)
    .problems.map(policyFileProblem)
    .map((problem) => ({ key, message: problem.message, places: [problem] }));
}

/** A problem of a policy, with its field in the message. */
export function policyFileProblem({ file, line, column, path, message }: PolicyProblem): FileProblem {
  const field = path.toString();
  return { file: resolve(file), line, column, message: field === "" ? message : `${field}: ${message}` };
}

/** A fault as a line for people, with the place if there is one. */
export function faultText({ message, places: [place] }: Fault, folder: string): string {
  return place === undefined ? message : `${nameIn(folder, place.file)}:${place.line}: ${message}`;
}

function nameIn(folder: string, file: string): string {
  const path = relative(folder, resolve(file));
  return path.startsWith("..") ? resolve(file) : path.split(sep).join("/");
}
