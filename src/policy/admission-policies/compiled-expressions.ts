import { type CompiledExpressions, compileExpressions } from "../expressions/index.ts";
import type { AdmissionPolicy } from "../schema/index.ts";
import { expressionSources } from "./expression-sources.ts";

/** What the specs have been compiled to, by version: a policy is compiled when it is read, and not again when it judges. */
const compiledSpecs = new WeakMap<AdmissionPolicy["spec"], Map<number, CompiledExpressions>>();

/** The expressions of a policy, compiled for a version of Kubernetes (1.`minor`). */
export function compiledFor(policy: AdmissionPolicy, minor: number): CompiledExpressions {
  const { spec } = policy;
  const versions = compiledSpecs.get(spec) ?? new Map<number, CompiledExpressions>();
  const known = versions.get(minor);
  if (known !== undefined) return known;
  const params = spec.paramKind === undefined ? "none" : "unknown";
  const compiled = compileExpressions(expressionSources(policy), params, minor);
  compiledSpecs.set(spec, versions.set(minor, compiled));
  return compiled;
}
