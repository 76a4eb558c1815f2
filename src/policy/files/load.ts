import { createHash } from "node:crypto";
import { isObject, Path } from "../../field/index.ts";
import type { TextDocument } from "../../text/document/index.ts";
import { readText } from "../../text/index.ts";
import { compilePolicies, readPolicy } from "../compile/index.ts";
import { NO_POLICIES, type PolicySet } from "../model/index.ts";
import type { Problem, ServicePolicy } from "../schema/index.ts";
import { readSources, type SourceFile } from "./sources.ts";

/** A problem of a policy file and its position; lines and columns start at 1. */
export interface PolicyProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The path of the field; the root if the problem is the file itself. */
  readonly path: Path;
  readonly message: string;
}

/** Loaded policies. If there is any problem, the set is empty: a set is never applied in part. */
export interface LoadedPolicies {
  readonly policies: PolicySet;
  /** The policy documents, in the order of the files. */
  readonly documents: readonly ServicePolicy[];
  readonly problems: readonly PolicyProblem[];
  /** A digest of the files' names and contents. */
  readonly digest: string;
}

/**
 * Loads policies from files.
 * @param sources paths of files or directories, or names of built-in sets.
 */
export async function loadPolicies(sources: readonly string[]): Promise<LoadedPolicies> {
  return compileFiles(await readSources(sources));
}

/** Compiles policies from files that have been read. */
export function compileFiles(files: readonly SourceFile[]): LoadedPolicies {
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
  const isValid = problems.length === 0;
  return {
    policies: isValid ? compilePolicies(documents) : NO_POLICIES,
    documents: isValid ? documents : [],
    problems,
    digest,
  };
}

/** A digest that changes whenever the name or the content of a file does. */
export function digestOf(files: readonly SourceFile[]): string {
  return createHash("sha256").update(JSON.stringify(files)).digest("hex");
}

/** Formats a problem as `file:line:column: path: message`, like a compiler message. */
export function problemText({ file, line, column, path, message }: PolicyProblem): string {
  const field = path.toString();
  return `${file}:${line}:${column}: ${field === "" ? "" : `${field}: `}${message}`;
}

const NAME = Path.root.child("metadata").child("name");

/** A policy that was read, and a function that reports a problem at one of its fields. */
interface ReadPolicy {
  readonly value: ServicePolicy;
  readonly problem: (path: Path, message: string) => PolicyProblem;
}

function* readFile(
  { file, text }: { readonly file: string; readonly text: string },
  problems: PolicyProblem[],
): Iterable<ReadPolicy> {
  const { documents } = readText(text, { format: "auto" });
  const nonEmpty = documents.filter((document) => document.value !== null);
  if (nonEmpty.length === 0) problems.push({ file, line: 1, column: 1, path: Path.root, message: "holds no policy" });
  for (const document of nonEmpty) {
    const hintFor = scalarHints(document);
    const problem = (path: Path, message: string): PolicyProblem => ({
      file,
      ...positionOf(document, path),
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

/**
 * Returns a function that adds a hint for a value that YAML 1.1 reads as a boolean or a number although it looks like a
 * string. Such a value is the cause of its problem, whatever the problem is.
 */
function scalarHints({ misleadingScalars }: TextDocument): (path: Path) => string {
  const values = misleadingScalars.filter(({ what }) => what === "value").reverse();
  // Of two values with the same keys the first counts: later entries overwrite earlier ones, so the order is reversed.
  const byKeys = new Map(values.map((scalar) => [JSON.stringify(scalar.keys), scalar]));
  return (path) => {
    const scalar = byKeys.get(JSON.stringify(path.keys()));
    if (scalar === undefined || typeof scalar.value === "string") return "";
    const became = typeof scalar.value === "boolean" ? `the boolean ${scalar.value}` : "a number";
    return ` (YAML 1.1 takes \`${scalar.text}\` for ${became}: quote it, "${scalar.text}")`;
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of the field, or of its nearest ancestor that is in the document. */
function positionOf(document: TextDocument, path: Path): Position {
  for (let at: Path | undefined = path; at !== undefined; at = at.parent) {
    // A list item has no key of its own.
    const region = document.locate(at.keys(), "key") ?? document.locate(at.keys(), "value");
    if (region !== undefined) return start(region);
  }
  return { line: 1, column: 1 };
}

function start({ startLine, startColumn }: { readonly startLine: number; readonly startColumn: number }): Position {
  return { line: startLine, column: startColumn };
}
