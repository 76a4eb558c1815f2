import type { SourceFile } from "../../policy/files/index.ts";
import { NO_POLICIES, type PolicySet } from "../../policy/model/index.ts";
import { Unusable } from "../../usage/index.ts";
import type { OldServices } from "../against/index.ts";
import type { Settings } from "../settings/index.ts";

/** What the examination of a text needs. */
export interface Context {
  readonly settings: Settings;
  readonly policies: PolicySet;
  /** The previous state, if manifests are judged as updates of it. */
  readonly old: OldServices | undefined;
  /** Whether the caller wants the Services too, not only the findings. */
  readonly wantsServices: boolean;
  /** Whether the caller wants the edits that fix the findings. */
  readonly wantsEdits?: boolean;
  /** False for a file that was found in a folder rather than named by the user. */
  readonly isNamed?: boolean;
}

/** What a context is made from: plain data, so that each worker thread can make its own context. */
export interface ContextSource {
  readonly settings: Settings;
  readonly old: OldServices | undefined;
  readonly wantsServices: boolean;
}

/** Compiles the policies. @throws {Unusable} if a policy is invalid */
export async function makeContext(source: ContextSource): Promise<Context> {
  return { ...source, policies: await policiesOf(source.settings.policies) };
}

/** The policy modules are loaded only if there are policies. */
async function policiesOf(files: readonly SourceFile[]): Promise<PolicySet> {
  if (files.length === 0) return NO_POLICIES;
  const { compileFiles, problemText } = await import("../../policy/files/index.ts");
  const { policies, problems } = compileFiles(files);
  if (problems.length > 0) throw new Unusable(problems.map(problemText).join("\n"));
  return policies;
}
