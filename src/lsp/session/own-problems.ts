import { basename, resolve } from "node:path";
import { CONFIG_NAME, configOf, InvalidConfig } from "../../check/settings/index.ts";
import { compileFiles, type SourceFile } from "../../policy/files/index.ts";
import { type FileProblem, policyFileProblem, type ProjectState } from "../projects/index.ts";

/**
 * The problems of a text that is itself a configuration or a policy, before it is saved; undefined for any other text.
 * @param state the project that the file belongs to: policies are compiled with those beside them
 */
export function ownProblems(
  text: string,
  file: string,
  state: ProjectState | undefined,
): readonly FileProblem[] | undefined {
  if (!holdsSettings(text, file, state)) return undefined;
  if (basename(file) === CONFIG_NAME) return configProblems(text, file);
  const policies = policiesOf(state);
  const files = isAmong(policies, file) ? policies.map((policy) => withText(policy, file, text)) : [{ file, text }];
  return compileFiles(files)
    .problems.map(policyFileProblem)
    .filter((problem) => problem.file === file);
}

/** Whether a text is a configuration, a policy of the project, or looks like a policy. */
export function holdsSettings(text: string, file: string, state: ProjectState | undefined): boolean {
  return basename(file) === CONFIG_NAME || isAmong(policiesOf(state), file) || holdsPolicies(text, file);
}

function policiesOf(state: ProjectState | undefined): readonly SourceFile[] {
  return state?.settings.request.settings.policies ?? [];
}

function isAmong(policies: readonly SourceFile[], file: string): boolean {
  return policies.some((policy) => resolve(policy.file) === file);
}

function configProblems(text: string, file: string): readonly FileProblem[] {
  try {
    configOf(text, file);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    return error.problems.map((problem) => ({ file, column: 1, ...problem }));
  }
}

/** A key at the start of a line, or after a brace or comma in JSON. */
const KIND = /(?:^(?:- )?|[{,])\s*"?kind"?\s*:\s*["']?(\w+)/gm;
const TEST_FILE = /\.test\.ya?ml$/;

/** Whether a text holds policies of Fairlead and nothing else: admission policies may have their bindings elsewhere. */
function holdsPolicies(text: string, file: string): boolean {
  if (!text.includes("ServicePolicy") || TEST_FILE.test(file)) return false;
  const kinds = Array.from(text.matchAll(KIND), ([, kind]) => kind);
  return kinds.length > 0 && kinds.every((kind) => kind === "ServicePolicy");
}

function withText(policy: SourceFile, file: string, text: string): SourceFile {
  return resolve(policy.file) === file ? { file: policy.file, text } : policy;
}
