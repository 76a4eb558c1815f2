import { CelError, ObjectValue, type Value } from "../values/index.ts";

const NO_SUCH_OVERLOAD = new CelError("no such overload");

/** A value of Kubernetes: to compare it with one of another type is an error. Source: the methods `Equal` of `pkg/cel`. */
export abstract class KubernetesValue extends ObjectValue {
  override refusal(other: Value): CelError | undefined {
    return this.isComparableWith(other) ? undefined : NO_SUCH_OVERLOAD;
  }

  protected isComparableWith(other: Value): boolean {
    return other instanceof KubernetesValue && other.type === this.type;
  }
}
