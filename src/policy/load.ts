import { createHash } from "node:crypto";
import { isObject } from "../field/json.ts";
import { Path } from "../field/path.ts";
import { readText, type TextDocument } from "../text/index.ts";
import { compilePolicies } from "./compile.ts";
import type { Problem } from "./schema/checker.ts";
import type { ServicePolicy } from "./schema/document.ts";
import { readSources, type SourceFile } from "./sources.ts";
import { NO_POLICIES, type PolicySet } from "./types.ts";
import { readPolicy } from "./validate.ts";

/** What is wrong with a policy file, and where: lines and columns from 1. */
export interface PolicyProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The field; the root where the file itself is the problem. */
  readonly path: Path;
  readonly message: string;
}

/** What was loaded. With a problem there are no policies: a set is never half applied. */
export interface LoadedPolicies {
  readonly policies: PolicySet;
  /** The policies as documents, by the order of the files. */
  readonly documents: readonly ServicePolicy[];
  readonly problems: readonly PolicyProblem[];
  /** Another one whenever a file's text or name is another. */
  readonly digest: string;
}

/**
 * Loads policies from files.
 * @param sources each a file, a directory, or the name of a ready-made set.
 */
export async function loadPolicies(sources: readonly string[]): Promise<LoadedPolicies> {
  return loadFiles(await readSources(sources));
}

/** Makes policies of files that were read. */
export function loadFiles(files: readonly SourceFile[]): LoadedPolicies {
  const digest = digestOf(files);
  const problems: PolicyProblem[] = [];
  const seen = new Map<string, string>();
  const documents: ServicePolicy[] = [];
  for (const file of files) {
    if ("unreadable" in file) {
      problems.push({ file: file.file, line: 1, column: 1, path: Path.root, message: file.unreadable });
      continue;
    }
    for (const policy of readFile(file, problems)) {
      const { name } = policy.value.metadata;
      const other = seen.get(name);
      if (other !== undefined) {
        problems.push(
          policy.problem(NAME, `there is a policy of the name ${JSON.stringify(name)} already, in ${other}`),
        );
      }
      seen.set(name, file.file);
      documents.push(policy.value);
    }
  }
  const sound = problems.length === 0;
  return {
    policies: sound ? compilePolicies(documents) : NO_POLICIES,
    documents: sound ? documents : [],
    problems,
    digest,
  };
}

/** Changes whenever the files do. */
export function digestOf(files: readonly SourceFile[]): string {
  return createHash("sha256").update(JSON.stringify(files)).digest("hex");
}

/** `file:line:column: path: message`, as compilers print it. */
export function problemText({ file, line, column, path, message }: PolicyProblem): string {
  const field = path.toString();
  return `${file}:${line}:${column}: ${field === "" ? "" : `${field}: `}${message}`;
}

const NAME = Path.root.child("metadata").child("name");

interface ReadPolicy {
  readonly value: ServicePolicy;
  readonly problem: (path: Path, message: string) => PolicyProblem;
}

function* readFile(
  { file, text }: { readonly file: string; readonly text: string },
  problems: PolicyProblem[],
): Iterable<ReadPolicy> {
  const { documents } = readText(text, { format: "auto" });
  const filled = documents.filter((document) => document.value !== null);
  if (filled.length === 0) problems.push({ file, line: 1, column: 1, path: Path.root, message: "holds no policy" });
  for (const document of filled) {
    const hintFor = wordHints(document);
    const problem = (path: Path, message: string): PolicyProblem => ({
      file,
      ...placeOf(document, path),
      path,
      message: message + hintFor(path),
    });
    if (document.problems.length > 0) {
      problems.push(
        ...document.problems.map(({ region, message }) => ({ file, ...start(region), path: Path.root, message })),
      );
      continue;
    }
    const found = documentProblems(document);
    problems.push(...found.map(({ path, message }) => problem(path, message)));
    if (!isObject(document.value)) continue;
    const reading = readPolicy(document.value);
    if ("problems" in reading) problems.push(...reading.problems.map(({ path, message }) => problem(path, message)));
    else yield { value: reading.policy, problem };
  }
}

function documentProblems({ value, duplicates }: TextDocument): readonly Problem[] {
  if (!isObject(value)) return [{ path: Path.root, message: "must be a policy: apiVersion, kind, metadata and spec" }];
  return duplicates.map(({ path }) => ({ path, message: "is named twice" }));
}

/** A word that YAML has turned into something else is what is wrong, whatever the value's trouble is. */
function wordHints({ words }: TextDocument): (path: Path) => string {
  const values = words.filter(({ what }) => what === "value").reverse();
  // Of two at one place the first counts.
  const byPlace = new Map(values.map((word) => [JSON.stringify(word.keys), word]));
  return (path) => {
    const word = byPlace.get(JSON.stringify(path.keys()));
    if (word === undefined || typeof word.value === "string") return "";
    const became = typeof word.value === "boolean" ? `the boolean ${word.value}` : "a number";
    return ` (YAML 1.1 takes \`${word.text}\` for ${became}: quote it, "${word.text}")`;
  };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the field stands, or the nearest one around it that is there. */
function placeOf(document: TextDocument, path: Path): Place {
  for (let at: Path | undefined = path; at !== undefined; at = at.parent) {
    // A value that is a list item has no key of its own.
    const region = document.locate(at.keys(), "key") ?? document.locate(at.keys(), "value");
    if (region !== undefined) return start(region);
  }
  return { line: 1, column: 1 };
}

function start({ startLine, startColumn }: { readonly startLine: number; readonly startColumn: number }): Place {
  return { line: startLine, column: startColumn };
}
