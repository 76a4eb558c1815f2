import { type JsonChange, type JsonObject, Path, valueAt, withChange } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import {
  type CompiledAdmissionPolicy,
  compiledFor,
  type Invocation,
  invocationsOf,
  resourceRequest,
} from "../admission-policies/index.ts";
import {
  type Activation,
  activationFor,
  activationWithObject,
  activationWithParams,
  evaluateConditions,
  evaluateMutation,
  expressionCheckpoint,
  pendingJson,
} from "../expressions/index.ts";
import type { AppliedDefault, PolicyContext, PolicyFinding } from "../model/index.ts";
import type { BoundMutatingPolicy } from "../schema/index.ts";
import { PatchFailure } from "./json-patch.ts";
import { mutated, ServerFailure } from "./mutated.ts";
import { UnknownPart } from "./value-json.ts";

export type CompiledMutatingPolicy = CompiledAdmissionPolicy<BoundMutatingPolicy>;
type MutatingInvocation = Invocation<BoundMutatingPolicy["bindings"][number]>;

/**
 * One pass of a write through the policies: each mutation sees what those before it have made. Source: `dispatchInvocations` of
 * the API server's plugin.
 */
export class MutationPass {
  service: Service;
  /** The object as received, with what the policies have changed. */
  given: unknown;
  readonly applied: AppliedDefault[] = [];
  readonly findings: PolicyFinding[] = [];
  /** Whether any mutation could be evaluated, be it without effect: for the server, the object may then have changed. */
  isDirty = false;
  /** The invocations of policies that are to be evaluated again if the object changes after them, by {@link keyOf}. */
  readonly reinvocable = new Set<string>();
  readonly #context: PolicyContext;
  readonly #base: Activation;

  constructor(service: Service, context: PolicyContext) {
    this.service = service;
    this.given = context.given;
    this.#context = context;
    this.#base = activationFor(service, context);
  }

  /** @param only the invocations that are evaluated; by default all */
  run(policies: readonly CompiledMutatingPolicy[], only?: ReadonlySet<string>): this {
    // Which policies match is found out before any of them changes the object.
    const request = resourceRequest(this.service, this.#context);
    const { namespace } = this.#context.facts;
    const called = policies.map((policy) => ({ policy, ...invocationsOf(policy, request, namespace) }));
    for (const { policy, invocations, problems } of called) {
      for (const message of problems) this.#fail(policy, "matchConditions", message);
      for (const invocation of [...invocations].sort(byName)) this.#invoke(policy, invocation, only);
    }
    return this;
  }

  #invoke(policy: CompiledMutatingPolicy, invocation: MutatingInvocation, only: ReadonlySet<string> | undefined): void {
    const context = this.#context;
    context.checkpoint?.();
    const { spec } = policy.policy;
    const compiled = compiledFor(policy.policy, context.version.minor);
    const checkpoint = expressionCheckpoint(context);
    const bound = spec.paramKind === undefined ? this.#base : activationWithParams(this.#base, invocation.params);
    const conditions = evaluateConditions(compiled, activationWithObject(bound, this.#json()), checkpoint);
    for (const { kind, message } of conditions.verdicts) {
      this.#find(policy, "matchConditions", kind === "undetermined" ? "warn" : "deny", message);
    }
    const key = keyOf(policy, invocation);
    if (!conditions.hold || only?.has(key) === false) return;
    for (const [index, { kind, patch }] of compiled.mutations.entries()) {
      const rule = `mutations[${index}]`;
      const json = this.#json();
      const result = evaluateMutation(compiled, patch, activationWithObject(bound, json), checkpoint);
      if (result.kind === "value") this.#mutate(policy, rule, json, { kind, value: result.value });
      else if (result.kind === "failed") this.#fail(policy, rule, result.message);
      else this.#find(policy, rule, "warn", result.message);
    }
    if (spec.reinvocationPolicy === "IfNeeded") this.reinvocable.add(key);
  }

  #mutate(policy: CompiledMutatingPolicy, rule: string, json: JsonObject, patch: Parameters<typeof mutated>[2]): void {
    try {
      const { service, changes } = mutated(this.service, json, patch, this.#context);
      this.isDirty = true;
      this.service = service;
      for (const change of changes) this.#note(policy, change);
    } catch (error) {
      if (error instanceof PatchFailure) this.#fail(policy, rule, error.message);
      else if (error instanceof UnknownPart)
        this.#find(policy, rule, "warn", `the mutation cannot be judged: ${error.message}`);
      else if (error instanceof ServerFailure) this.#find(policy, rule, "deny", error.message);
      else throw error;
    }
  }

  #note({ policy }: CompiledMutatingPolicy, change: JsonChange): void {
    this.given = withChange(this.given, change)?.value ?? this.given;
    const value = "value" in change ? change.value : undefined;
    this.applied.push({ policy: policy.metadata.name, path: pathOf(change.keys), value });
  }

  #json(): JsonObject {
    return pendingJson(this.service, this.#context);
  }

  #fail(policy: CompiledMutatingPolicy, rule: string, message: string): void {
    if (policy.policy.spec.failurePolicy === "Fail") this.#find(policy, rule, "deny", message);
  }

  #find({ policy }: CompiledMutatingPolicy, rule: string, action: "deny" | "warn", message: string): void {
    this.findings.push({ policy: policy.metadata.name, rule, action, path: Path.root, message });
  }
}

/** Maps with keys of the user. */
const MAPS: ReadonlySet<string | number | undefined> = new Set(["labels", "annotations", "selector"]);

function pathOf(keys: readonly (string | number)[]): Path {
  return keys.reduce<Path>((path, key, i) => {
    if (typeof key === "number") return path.index(key);
    return MAPS.has(keys[i - 1]) ? path.key(key) : path.child(key);
  }, Path.root);
}

/** What tells an invocation from the others. */
function keyOf({ policy }: CompiledMutatingPolicy, { binding, params }: MutatingInvocation): string {
  return JSON.stringify([policy.metadata.name, ...nameOf({ binding, params })]);
}

function nameOf({ binding, params }: MutatingInvocation): readonly string[] {
  return [binding.metadata.name, metadataText(params, "namespace"), metadataText(params, "name")];
}

function metadataText(params: JsonObject | null, field: string): string {
  const text = valueAt(params, ["metadata", field]);
  return typeof text === "string" ? text : "";
}

/** The server does not say in which order it takes them: by name, so that the outcome is always the same. */
function byName(one: MutatingInvocation, other: MutatingInvocation): number {
  const [a, b] = [nameOf(one), nameOf(other)];
  const differing = a.findIndex((name, i) => name !== b[i]);
  return differing < 0 ? 0 : (a[differing] ?? "") < (b[differing] ?? "") ? -1 : 1;
}
