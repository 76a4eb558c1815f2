import { type Path, valueAt } from "../../field/index.ts";

/** A value that the API server fills in where the field is absent, from the object only. */
interface StaticDefault {
  readonly value: string | number | boolean;
  /** The value in words, where the number does not speak for itself. */
  readonly meaning?: string;
  /** When it is filled in; absent if always. `applyStaticDefaults` has the condition as code. */
  readonly condition?: string;
}

/**
 * The API server's static defaults by field; `[]` stands for any item of a list. `targetPort` of a port is not among
 * them: it takes the value of `port`. Source: section "Static defaults" of the Service reference.
 */
export const STATIC_DEFAULTS = {
  "spec.type": { value: "ClusterIP" },
  "spec.ports[].protocol": { value: "TCP" },
  "spec.sessionAffinity": { value: "None" },
  "spec.sessionAffinityConfig.clientIP.timeoutSeconds": {
    value: 10800,
    meaning: "three hours",
    condition: "where the affinity is ClientIP",
  },
  "spec.externalTrafficPolicy": { value: "Cluster", condition: "where the Service can be reached from outside" },
  "spec.internalTrafficPolicy": { value: "Cluster", condition: "unless the type is ExternalName" },
  "spec.allocateLoadBalancerNodePorts": { value: true, condition: "where the type is LoadBalancer" },
  "status.loadBalancer.ingress[].ipMode": { value: "VIP", condition: "where ip is set" },
} as const satisfies Record<string, StaticDefault>;

type DefaultedField = keyof typeof STATIC_DEFAULTS;

/** The default of a field in words, for its help: `VIP, where ip is set`. */
export function defaultText(field: DefaultedField): string {
  const { value, meaning, condition }: StaticDefault = STATIC_DEFAULTS[field];
  const valueText = meaning === undefined ? String(value) : `${value} (${meaning})`;
  return condition === undefined ? valueText : `${valueText}, ${condition}`;
}

/**
 * The value that the API server fills in at this path if it is absent; undefined if the server fills in nothing there.
 * Whether the condition of the default holds is not checked.
 * @param object the Service that the path leads into: `targetPort` takes the value of its `port`
 */
export function staticDefault(path: Path, object: unknown): unknown {
  const field = path
    .keys()
    .map((key) => (typeof key === "number" ? "[]" : `.${key}`))
    .join("")
    .slice(1);
  if (field === "spec.ports[].targetPort") return valueAt(object, [...path.keys().slice(0, -1), "port"]);
  return isDefaulted(field) ? STATIC_DEFAULTS[field].value : undefined;
}

function isDefaulted(field: string): field is DefaultedField {
  return Object.hasOwn(STATIC_DEFAULTS, field);
}
