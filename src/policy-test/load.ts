import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isObject, Path } from "../field/index.ts";
import { compilePolicies, readPolicy } from "../policy/compile/index.ts";
import { compileFiles, isBuiltInSet, problemText, type SourceFile } from "../policy/files/index.ts";
import { readSources } from "../policy-files/index.ts";
import type { PolicyDocument, PolicySet } from "../policy/model/index.ts";
import { compileChecker, KIND, type Problem } from "../policy/schema/index.ts";
import { type KubernetesVersion, NEWEST_KNOWN } from "../service/versions/index.ts";
import type { TextDocument } from "../text/document/index.ts";
import { readText } from "../text/index.ts";
import { caseProblems } from "./case-problems.ts";
import { findingIds } from "./finding-ids.ts";
import { TEST_FILE_SHAPE, type TestCase } from "./format.ts";

/** A test file, ready to run. */
export interface TestFile {
  readonly file: string;
  readonly text: string;
  readonly documents: readonly PolicyDocument[];
  readonly policies: PolicySet;
  /** What was passed over of the policies, and why. */
  readonly notes: readonly string[];
  readonly cases: readonly TestCase[];
  /** The line on which a case begins. */
  readonly lineOf: (index: number) => number;
}

/** A test file, or its problems, one line of text each. */
export type LoadedTests = { readonly tests: TestFile } | { readonly problems: readonly string[] };

const TEST_NAME = /\.test\.ya?ml$/;
const readTests = compileChecker("test file", TEST_FILE_SHAPE);

/**
 * The test files of a path: the file itself, or all test files below the directory.
 * @throws the file system's errors
 */
export async function testFilesBelow(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const files: string[] = [];
  for (const name of (await readdir(path)).sort()) {
    if (name.startsWith(".") || name === "node_modules") continue;
    const inner = join(path, name);
    if ((await stat(inner)).isDirectory()) files.push(...(await testFilesBelow(inner)));
    else if (TEST_NAME.test(name)) files.push(inner);
  }
  return files;
}

/**
 * Reads a test file and the policies that it names.
 * @param version the version of cases that name none
 * @throws the file system's errors
 */
export async function loadTests(file: string, version: KubernetesVersion = NEWEST_KNOWN): Promise<LoadedTests> {
  const text = await readFile(file, "utf8");
  const { documents, problems } = readText(text, { format: "auto" });
  if (problems.length > 0) {
    return {
      problems: problems.map(({ region, message }) => `${file}:${region.startLine}:${region.startColumn}: ${message}`),
    };
  }
  const [document, ...more] = documents.filter(({ value }) => value !== null);
  if (document === undefined || more.length > 0)
    return { problems: [`${file}:1:1: must hold one document: policies and cases`] };
  const toText = (problem: Problem): string => located(file, document, problem);
  const checked = readTests(document.value);
  if ("problems" in checked) return { problems: checked.problems.map(toText) };
  const loaded = await resolvePolicies(checked.value.policies, file, toText);
  if ("problems" in loaded) return loaded;
  const { cases } = checked.value;
  const incomplete = [...caseProblems(cases, version, findingIds(loaded.documents))];
  if (incomplete.length > 0) return { problems: incomplete.map(toText) };
  const lineOf = (index: number): number => document.locate(["cases", index], "value")?.startLine ?? 1;
  const policies = compilePolicies(loaded.documents);
  const notes = [...loaded.notes, ...othersNotes(file, policies, cases)];
  return { tests: { file, text, ...loaded, notes, policies, cases, lineOf } };
}

/** What is not judged in cases that do not say what else is in the cluster. */
function othersNotes(file: string, { needs }: PolicySet, cases: readonly TestCase[]): readonly string[] {
  const count = cases.filter(({ others }) => others === undefined).length;
  if (needs.size === 0 || count === 0) return [];
  const those = count === 1 ? "1 case has" : `${count} cases have`;
  return [`${file}: ${those} no others: rules that look at several objects find nothing there`];
}

type Resolved = Pick<TestFile, "documents" | "notes"> | { readonly problems: readonly string[] };

/**
 * Resolves policies: a string names a file relative to the test file or a built-in set, an object is a policy itself. All are
 * read together, because a policy of a cluster, its binding and its parameters belong together.
 */
async function resolvePolicies(
  policies: readonly unknown[],
  file: string,
  toText: (problem: Problem) => string,
): Promise<Resolved> {
  const sources: SourceFile[] = [];
  const own: PolicyDocument[] = [];
  const problems: string[] = [];
  for (const [index, policy] of policies.entries()) {
    const path = Path.root.child("policies").index(index);
    if (typeof policy === "string") {
      sources.push(...(await readSources([isBuiltInSet(policy) ? policy : join(dirname(file), policy)])));
    } else if (isObject(policy) && typeof policy["apiVersion"] === "string" && policy["kind"] !== KIND) {
      sources.push({ file: `${file} (${path.toString()})`, text: JSON.stringify(policy) });
    } else {
      const reading = readPolicy(policy);
      if ("policy" in reading) own.push(reading.policy);
      else
        problems.push(
          ...reading.problems.map((problem) => toText({ ...problem, path: Path.of(problem.path.keys(), path) })),
        );
    }
  }
  const loaded = compileFiles(sources);
  problems.push(...loaded.problems.map(problemText));
  return problems.length > 0
    ? { problems }
    : { documents: [...own, ...loaded.documents], notes: loaded.notes.map(problemText) };
}

function located(file: string, document: TextDocument, { path, message }: Problem): string {
  let region;
  for (let current: Path | undefined = path; current !== undefined && region === undefined; current = current.parent) {
    region = document.locate(current.keys(), "key") ?? document.locate(current.keys(), "value");
  }
  return `${file}:${region?.startLine ?? 1}:${region?.startColumn ?? 1}: ${path.toString()}: ${message}`;
}
