import type { Path } from "../../field/index.ts";
import { isQualifiedName } from "../../service/schema/index.ts";
import { EXEMPT_ANNOTATION_PREFIX } from "../exemptions/index.ts";
import type { Defaults, PolicySpec, PortDefault, Problem } from "../schema/index.ts";

/** The Service types that a default can apply to; a default that is not listed applies to all. */
const TYPES_OF: Readonly<Partial<Record<keyof Defaults, readonly string[]>>> = {
  // A Service without a type is a ClusterIP Service.
  type: ["ClusterIP"],
  ipFamilyPolicy: ["ClusterIP", "NodePort", "LoadBalancer"],
  internalTrafficPolicy: ["ClusterIP", "NodePort", "LoadBalancer"],
  externalTrafficPolicy: ["ClusterIP", "NodePort", "LoadBalancer"],
  trafficDistribution: ["ClusterIP", "NodePort", "LoadBalancer"],
  loadBalancerClass: ["LoadBalancer"],
  loadBalancerSourceRanges: ["LoadBalancer"],
  allocateLoadBalancerNodePorts: ["LoadBalancer"],
  sessionAffinity: ["ClusterIP", "NodePort", "LoadBalancer"],
  timeoutSeconds: ["ClusterIP", "NodePort", "LoadBalancer"],
  ports: ["ClusterIP", "NodePort", "LoadBalancer"],
};

/** The problems of defaults beyond their shapes: those that contradict each other and those that can never apply. */
export function* defaultsProblems(spec: PolicySpec, at: Path): Iterable<Problem> {
  const { defaults } = spec;
  if (defaults === undefined) return;
  if (Object.keys(defaults).length === 0)
    yield { path: at, message: "is empty: name what is to be filled in, or leave it out" };
  yield* idleDefaults(spec, defaults, at);
  const { operations } = spec.match ?? {};
  if (operations?.every((operation) => operation === "DELETE") === true)
    yield { path: at, message: "can never apply: a deletion leaves nothing to fill in" };
  if (defaults.timeoutSeconds !== undefined && defaults.sessionAffinity === "None") {
    yield { path: at.child("timeoutSeconds"), message: 'has no effect with sessionAffinity "None": use ClientIP' };
  }
  for (const [index, port] of (defaults.ports ?? []).entries())
    yield* portProblems(port, at.child("ports").index(index));
  yield* keyProblems(defaults.labels, at.child("labels"));
  yield* keyProblems(defaults.annotations, at.child("annotations"));
  for (const key of Object.keys(defaults.annotations ?? {})) {
    if (!key.startsWith(EXEMPT_ANNOTATION_PREFIX) && !key.startsWith("kubectl.kubernetes.io/")) continue;
    yield { path: at.child("annotations").key(key), message: "is not for a policy to set" };
  }
}

function* idleDefaults({ match }: PolicySpec, defaults: Defaults, at: Path): Iterable<Problem> {
  const matched: readonly string[] | undefined = match?.types;
  if (matched === undefined) return;
  for (const [name, types] of Object.entries(TYPES_OF)) {
    if (!(name in defaults) || types.some((type) => matched.includes(type))) continue;
    const message = `can never apply: it is for Services of type ${types.join(", ")}, and match.types has only ${matched.join(", ")}`;
    yield { path: at.child(name), message };
  }
}

function* portProblems({ port, name, protocol, appProtocol }: PortDefault, at: Path): Iterable<Problem> {
  if (port === undefined && name === undefined) yield { path: at, message: "must say which port, by port or by name" };
  if (protocol === undefined && appProtocol === undefined) {
    yield { path: at, message: "must say what to fill in: protocol, appProtocol or both" };
  }
}

/** The problems of the keys of labels or annotations. */
export function* keyProblems(map: Readonly<Record<string, string>> | undefined, at: Path): Iterable<Problem> {
  for (const key of Object.keys(map ?? {})) {
    if (!isQualifiedName(key))
      yield { path: at.key(key), message: "must be a name with an optional DNS prefix, such as example.com/team" };
  }
}
