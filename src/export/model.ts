import type { JsonObject } from "../field/index.ts";
import type { Cel } from "../policy/in-cel/index.ts";
import type { Operation } from "../policy/model/index.ts";
import type { Action, ServicePolicy } from "../policy/schema/index.ts";
import type { ClusterProfile } from "../service/cluster/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";

/** What policies are rendered for. */
export interface Target {
  readonly version: KubernetesVersion;
  /** Some rules depend on the cluster's ranges, which CEL cannot see. */
  readonly cluster: ClusterProfile;
  /** What the names of the rendered objects start with, before the policy's own. */
  readonly prefix: string;
}

/** A part of a policy that the rendered objects do not enforce, and why. */
export interface Omission {
  readonly policy: string;
  readonly what: string;
  readonly reason: string;
}

/** The rendered objects, and what they lack. */
export interface Rendering {
  readonly objects: readonly JsonObject[];
  readonly omissions: readonly Omission[];
  /** What a cluster needs, beside the version, for the objects to have an effect. */
  readonly notes: readonly string[];
}

/** What the names of conditions start with, so that they differ from the policy's own. */
export const CONDITION_PREFIX = "fairlead.dev/";

/** An expression with a name, as the API has it. */
export interface Named {
  readonly name: string;
  readonly expression: Cel;
}

/** A validation, as the API has it. */
export interface Validation {
  readonly expression: Cel;
  readonly message?: string;
  readonly messageExpression?: Cel;
  readonly reason?: string;
}

/** What is enforced in one way: it becomes one ValidatingAdmissionPolicy with its binding. */
export interface Part {
  readonly policy: ServicePolicy;
  readonly action: Action;
  /** What distinguishes its name from those of the other parts, beside the action. */
  readonly suffix: string;
  readonly situations: ReadonlySet<Operation>;
  /** Whether it also applies to updates after which the policy no longer matches. */
  readonly guardsStored: boolean;
  readonly variables: readonly Named[];
  readonly validations: readonly Validation[];
}
