import { Path, truncatedJson } from "../../../field/index.ts";
import type { InventoryView, Need, ReferenceEntry } from "../../../inventory/model/index.ts";
import type { ClusterProfile } from "../../../service/cluster/index.ts";
import { type Service, type ServiceType, TYPES } from "../../../service/schema/index.ts";
import type { KubernetesVersion } from "../../../service/versions/index.ts";
import type { Operation, RequestFacts } from "../../model/index.ts";
import {
  type CheckerResult,
  compileChecker,
  type JsonSchema,
  object,
  type ObjectOf,
  type Shape,
} from "../../schema/index.ts";
import { type CelOf, type RuleInCel, sayInCel } from "./cel.ts";

/** The context of a rule's check, besides the Service. */
export interface RuleContext {
  readonly operation: Operation;
  readonly oldService: Service | undefined;
  readonly facts: RequestFacts;
  readonly cluster: ClusterProfile;
  readonly version: KubernetesVersion;
  /** The maximum number of findings that are reported one by one. */
  readonly most?: number | undefined;
  /** What is around the Service; absent if nothing is known of it. */
  readonly inventory?: InventoryView | undefined;
  /** Whether the value at this path was written by a client rather than set by the API server; true if unknown. */
  readonly isWritten: (path: Path) => boolean;
}

/** A message of a rule and its fix; `{name}` is replaced by a fact of the finding, `{found}` by the value. */
export interface MessageTemplate {
  readonly text: string;
  readonly fix?: string;
}

type Fact = string | number | boolean | undefined;

/** A violation that a rule found, as data; `says` is the key of its message. */
export interface Violation<M extends string = string> {
  readonly says: M;
  readonly path: Path;
  readonly found?: unknown;
  readonly facts?: Readonly<Record<string, Fact>>;
  /** Whether something seems to be missing: a warning at most, unless the inventory has all there is. */
  readonly mayBeElsewhere?: true;
}

/** A Service that complies with a rule or violates it: run as a test and printed in the docs. */
export interface Example {
  /** What the example shows. */
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Merged into a spec with one port and a selector; null removes a field. */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  /** The stored Service, for an update or delete; if absent, the operation is a create. */
  readonly old?: {
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly status?: Readonly<Record<string, unknown>>;
  };
  readonly operation?: Operation;
  readonly namespace?: string;
  readonly user?: { readonly name: string; readonly groups: readonly string[] };
  readonly cluster?: "ipv4" | "dual";
  /** The other objects in the cluster, for rules that look at them: all there are. */
  readonly others?: readonly Readonly<Record<string, unknown>>[];
}

/** An example that violates the rule, with the paths of the findings. */
export interface BadExample extends Example {
  readonly finds: readonly string[];
  /** The paths of the findings in `others`, at what names a Service. */
  readonly findsInOthers?: readonly string[];
}

/**
 * A part of a Service that a write of the status can change and that rules check. For such a write, the API server
 * takes the spec from the stored Service and everything else from the request.
 */
export type StatusPart = "labels" | "annotations" | "owners" | "addresses";

/** The identity, documentation and scope of a rule. */
interface RuleMeta {
  /** The name of the rule in policies and reports. */
  readonly id: string;
  /** What the rule requires, in one line. */
  readonly title: string;
  /** What is wrong where the rule finds something, in one line: the title of a finding, as code scanning shows it. */
  readonly fault: string;
  /** The reason for the rule. */
  readonly why: string;
  /**
   * `team`: a decision of a team; `advice`: what the API server accepts but causes trouble in production; `consistency`:
   * what does not fit other objects, for rules that look at several.
   */
  readonly group: "team" | "advice" | "consistency";
  /** The operations that the rule applies to. Default: create and update. */
  readonly operations?: readonly Operation[];
  /** The types of the Services that it can find anything on, of those that the API server accepts. Default: all. */
  readonly types?: readonly ServiceType[];
  /**
   * The checked parts that a write of the status can change: the rule also applies to writes that change one of them.
   */
  readonly inStatus?: readonly StatusPart[];
  /**
   * Whether the rule guards stored Services: then it also applies to an update after which the policy no longer
   * matches.
   */
  readonly guardsStored?: true;
  /** What it has to know besides the Service: without that, it finds nothing. */
  readonly needs?: readonly Need[];
}

/** Checks one reference to a Service, where nobody has asked about the Service itself. */
export type ReferenceCheck = (reference: ReferenceEntry, inventory: InventoryView) => readonly Violation[];

/** Checks one Service and returns the violations. */
export type RuleCheck = (service: Service, context: RuleContext) => readonly Violation[];

/** A built-in rule. */
export interface Rule extends RuleMeta {
  readonly operations: readonly Operation[];
  readonly types: readonly ServiceType[];
  readonly parameters: JsonSchema;
  readonly messages: Readonly<Record<string, MessageTemplate>>;
  readonly examples: { readonly good: readonly Example[]; readonly bad: readonly BadExample[] };
  /** The placeholders that a policy's own message may use. */
  readonly placeholders: readonly string[];
  /** The types that it can find anything on with these parameters, which must be valid. */
  typesFor(parameters: unknown): readonly ServiceType[];
  /**
   * The rule with these parameters, which must be valid, in CEL: what it may find, or why CEL cannot say it.
   * @throws TypeError for parameters that `prepare` refuses
   */
  inCel(parameters: unknown, cluster: ClusterProfile): RuleInCel;
  /** Compiles the check for a policy's parameters, or returns the problems of the parameters. */
  prepare(parameters: unknown, at: Path): CheckerResult<RuleCheck>;
  /** What the rule finds about references, whatever the parameters; absent for most rules. */
  readonly checkReference?: ReferenceCheck | undefined;
}

/** The parts that a rule is defined by; `F` are the shapes of its parameters, `M` the keys of its messages. */
interface Definition<F extends Readonly<Record<string, Shape<unknown>>>, M extends string> {
  readonly meta: RuleMeta;
  readonly parameters: F;
  readonly messages: Readonly<Record<M, MessageTemplate>>;
  /** A problem of parameters that are valid by their shapes; undefined if there is none. */
  readonly verify?: (parameters: ObjectOf<F>) => string | undefined;
  /** Those of the rule's types that it can find anything on with these parameters. Default: all of them. */
  readonly typesFor?: (parameters: ObjectOf<F>) => readonly ServiceType[];
  /** Called once per policy: everything that can be computed in advance is computed here. */
  readonly check: (parameters: ObjectOf<F>) => (service: Service, context: RuleContext) => readonly Violation<M>[];
  /** What it finds about references to Services, at the object that names the Service. */
  readonly checkReference?: ReferenceCheck;
  /** The same in CEL, for clusters that enforce the policy without a webhook; or why CEL cannot say it. */
  readonly cel: CelOf<ObjectOf<F>, M>;
  readonly examples: Rule["examples"];
}

const CREATE_AND_UPDATE = ["create", "update"] as const satisfies readonly Operation[];
const STATUS = ["status"] as const satisfies readonly Operation[];

/** Defines a rule. Every rule is defined by this function. */
export function defineRule<const F extends Readonly<Record<string, Shape<unknown>>>, const M extends string>(
  definition: Definition<F, M>,
): Rule {
  const { meta, messages, examples, verify, check } = definition;
  const { types = TYPES } = meta;
  const shape = object(`the parameters of ${meta.id}`, definition.parameters);
  const validate = compileChecker(meta.id, shape);
  return {
    ...meta,
    operations: [...(meta.operations ?? CREATE_AND_UPDATE), ...(meta.inStatus === undefined ? [] : STATUS)],
    types,
    parameters: shape.schema,
    messages,
    examples,
    placeholders: placeholdersOf(Object.values<MessageTemplate>(messages)),
    checkReference: definition.checkReference,
    typesFor(values) {
      const checked = validate(values ?? {}, Path.root);
      return "problems" in checked ? types : (definition.typesFor?.(checked.value) ?? types);
    },
    inCel(values, cluster) {
      const checked = validate(values ?? {}, Path.root);
      if ("problems" in checked) throw new TypeError(`the parameters of ${meta.id} were not validated`);
      return sayInCel(definition.cel, checked.value, cluster);
    },
    prepare(values, at) {
      const checked = validate(values ?? {}, at);
      if ("problems" in checked) return checked;
      const problem = verify?.(checked.value);
      return problem === undefined ? { value: check(checked.value) } : { problems: [{ path: at, message: problem }] };
    },
  };
}

/** Every message can name the Service and the value, beside the facts that the rule's own messages and fixes name. */
const COMMON_PLACEHOLDERS = ["name", "namespace", "found"] as const;
const PLACEHOLDER = /\{(\w+)\}/g;

function placeholdersOf(messages: readonly MessageTemplate[]): readonly string[] {
  const used = messages.flatMap(({ text, fix = "" }) => placeholdersIn(text + fix));
  return [...new Set([...COMMON_PLACEHOLDERS, ...used])];
}

/** The names of the placeholders in a template. */
export function placeholdersIn(template: string): readonly string[] {
  return Array.from(template.matchAll(PLACEHOLDER), ([, name = ""]) => name);
}

/** The maximum length of a list or map in a message, in characters of JSON: longer ones are not readable. */
const MAX_FACT_LENGTH = 1024;

/** Replaces the placeholders of a template by facts; one without a fact, such as the value of an absent field, by "(none)". */
export function renderTemplate(template: string, facts: Readonly<Record<string, unknown>>): string {
  if (!template.includes("{")) return template;
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact === undefined) return "(none)";
    return typeof fact === "string" ? fact : truncatedJson(fact, MAX_FACT_LENGTH);
  });
}
