import type { Path } from "../../field/path.ts";
import { jsonWithin } from "../../field/preview.ts";
import type { ClusterProfile } from "../../service/cluster.ts";
import type { Service } from "../../service/types.ts";
import type { KubernetesVersion } from "../../service/version.ts";
import { checker, type Checked } from "../schema/checker.ts";
import { object, type JsonSchema, type ObjectOf, type Shape } from "../schema/shape.ts";
import type { Operation, RequestFacts } from "../types.ts";

/** What a rule may look at beside the Service. */
export interface RuleContext {
  readonly operation: Operation;
  readonly oldService: Service | undefined;
  readonly facts: RequestFacts;
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** How many findings are told one by one. */
  readonly most?: number;
  /** Whether somebody wrote the value at this path, rather than the API server picking it. In doubt: yes. */
  readonly wrote: (path: Path) => boolean;
}

/** A sentence of a rule and what to do about it; `{name}` stands for a fact of the finding, `{found}` for the value. */
export interface Wording {
  readonly text: string;
  readonly fix?: string;
}

type Fact = string | number | boolean | undefined;

/** What a rule found, as data; `says` names the sentence. */
export interface Found<M extends string = string> {
  readonly says: M;
  readonly path: Path;
  readonly found?: unknown;
  readonly facts?: Readonly<Record<string, Fact>>;
}

/** A Service that keeps to a rule, or breaks it: run as a test, printed in the docs. */
export interface Example {
  /** What is shown. */
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Added to a spec with one port and a selector; null takes a field out. */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  /** The Service before, for an update or delete; a create where absent. */
  readonly old?: {
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly status?: Readonly<Record<string, unknown>>;
  };
  readonly operation?: Operation;
  readonly namespace?: string;
  readonly user?: { readonly name: string; readonly groups: readonly string[] };
  readonly cluster?: "ipv4" | "dual";
}

/** A bad example also says where the findings are. */
export interface BadExample extends Example {
  readonly finds: readonly string[];
}

/**
 * What a write of the status can change of what rules look at: the API server takes the spec from the stored Service
 * there, and everything else from the request.
 */
export type StatusPart = "labels" | "annotations" | "owners" | "addresses";

/** What a rule is, in words. */
interface RuleMeta {
  /** Its name in policies and reports. */
  readonly id: string;
  /** What it asks for, in one line. */
  readonly title: string;
  /** Why anybody would want that. */
  readonly why: string;
  /** `team`: what a team may decide; `advice`: what the API server accepts and what hurts in production. */
  readonly group: "team" | "advice";
  /** What is being done to the Service when the rule looks at it; creating and updating where absent. */
  readonly operations?: readonly Operation[];
  /** What of it a write of the status can change: where it does, the rule looks at that write as well. */
  readonly inStatus?: readonly StatusPart[];
  /** Whether it guards what is stored: then a Service that leaves what the policy matches is still looked at. */
  readonly guardsStored?: true;
}

/** Looks at one Service. */
export type RuleCheck = (service: Service, context: RuleContext) => readonly Found[];

/** A built-in rule. */
export interface Rule extends RuleMeta {
  readonly operations: readonly Operation[];
  readonly parameters: JsonSchema;
  readonly messages: Readonly<Record<string, Wording>>;
  readonly examples: { readonly good: readonly Example[]; readonly bad: readonly BadExample[] };
  /** The rule with parameters of a policy, or what is wrong with those. */
  prepare(parameters: unknown, at: Path): Checked<RuleCheck>;
}

interface Definition<F extends Readonly<Record<string, Shape<unknown>>>, M extends string> {
  readonly meta: RuleMeta;
  readonly parameters: F;
  readonly messages: Readonly<Record<M, Wording>>;
  /** What is wrong with parameters that satisfy their shapes, if anything. */
  readonly verify?: (parameters: ObjectOf<F>) => string | undefined;
  /** Called once per policy: what can be prepared is prepared here. */
  readonly check: (parameters: ObjectOf<F>) => (service: Service, context: RuleContext) => readonly Found<M>[];
  readonly examples: Rule["examples"];
}

const CREATE_AND_UPDATE = ["create", "update"] as const satisfies readonly Operation[];
const STATUS = ["status"] as const satisfies readonly Operation[];

/** Makes a rule of its parts: the one way to write one. */
export function defineRule<const F extends Readonly<Record<string, Shape<unknown>>>, const M extends string>(
  definition: Definition<F, M>,
): Rule {
  const { meta, messages, examples, verify, check } = definition;
  const shape = object(`the parameters of ${meta.id}`, definition.parameters);
  const read = checker(shape);
  return {
    ...meta,
    operations: [...(meta.operations ?? CREATE_AND_UPDATE), ...(meta.inStatus === undefined ? [] : STATUS)],
    parameters: shape.schema,
    messages,
    examples,
    prepare(given, at) {
      const checked = read(given ?? {}, at);
      if ("problems" in checked) return checked;
      const problem = verify?.(checked.value);
      return problem === undefined ? { value: check(checked.value) } : { problems: [{ path: at, message: problem }] };
    },
  };
}

/** A list or a map that is longer says no more to anybody. */
const LONGEST_FACT = 1024;

/** A sentence with the facts put in; a name without a fact stays as it is. */
export function fillIn(template: string, facts: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact === undefined) return whole;
    return typeof fact === "string" ? fact : jsonWithin(fact, LONGEST_FACT);
  });
}
