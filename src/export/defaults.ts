import { escapePointer } from "../field/index.ts";
import { and, type Cel, literal, matchesGlobs, not, or, quoted, TRUE } from "../policy/in-cel/index.ts";
import type { Operation } from "../policy/model/index.ts";
import type { Defaults, PolicySpec, PortDefault, ServicePolicy } from "../policy/schema/index.ts";
import { conditions, constraints, looksAtObject, matched, matchesObject } from "./criteria.ts";
import { exclusions } from "./exclusions.ts";
import { wholeExemptions } from "./exemptions.ts";
import type { Omission, Rendering, Target } from "./model.ts";
import { ownConditions } from "./own.ts";
import { mapOf, typeOf } from "./subject.ts";

/** The first version with MutatingAdmissionPolicy in `v1`, and in `v1beta1`. */
const GENERAL = 36;
const BETA = 34;

const BETA_NOTE =
  "before 1.36, a cluster has MutatingAdmissionPolicy only if its feature gate and its API (v1beta1) are turned on";

const LEFT_OPEN =
  "the API server has filled in its own default before admission, so CEL cannot tell whether the author left the field open";

/** The defaults that have a default of the API server's own: CEL sees that one, whoever wrote it. */
const FILLED_IN_BEFORE = [
  "type",
  "internalTrafficPolicy",
  "externalTrafficPolicy",
  "allocateLoadBalancerNodePorts",
  "sessionAffinity",
  "timeoutSeconds",
] as const satisfies readonly (keyof Defaults)[];

const isNotExternalName = (subject: Cel): Cel => `${typeOf(subject)} != "ExternalName"`;
const isLoadBalancer = (subject: Cel): Cel => `${typeOf(subject)} == "LoadBalancer"`;
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

interface Row {
  /** Whether a Service can have the field. */
  readonly fits: (subject: Cel) => Cel;
  /** What the stored field means for an update: see `OnUpdate` in `src/policy/defaults/proposals.ts`. */
  readonly onUpdate: "keep" | "carried-over" | "immutable";
}

/** The defaults that are fields of the spec, and that nobody else fills in before. */
const SPEC_FIELDS = {
  ipFamilyPolicy: { onUpdate: "carried-over", fits: isNotExternalName },
  trafficDistribution: { onUpdate: "keep", fits: isNotExternalName },
  loadBalancerClass: { onUpdate: "immutable", fits: isLoadBalancer },
  loadBalancerSourceRanges: {
    onUpdate: "keep",
    fits: (subject) =>
      and(isLoadBalancer(subject), not(`${quoted(SOURCE_RANGES)} in ${mapOf(subject, "annotations")}`)),
  },
} as const satisfies Partial<Record<keyof Defaults, Row>>;

/** The defaults of a policy as MutatingAdmissionPolicy with its binding; and those that CEL cannot say, with the reasons. */
export function renderDefaults(policy: ServicePolicy, { version, prefix }: Target): Rendering {
  const { defaults, match = {} } = policy.spec;
  if (defaults === undefined) return { objects: [], omissions: [], notes: [] };
  const omit = (what: string, reason: string): Omission => ({ policy: policy.metadata.name, what, reason });
  if (version.minor < BETA) {
    return {
      objects: [],
      omissions: [omit("spec.defaults", `Kubernetes 1.${version.minor} has no MutatingAdmissionPolicy`)],
      notes: [],
    };
  }
  const omissions = [...omittedDefaults(defaults).map((what) => omit(what, LEFT_OPEN))];
  const mutations = [...mutationsOf(policy.spec, defaults)];
  if (mutations.length === 0) return { objects: [], omissions, notes: [] };
  const situations: ReadonlySet<Operation> = matched(match, ["create", "update"]);
  const name = `${prefix}${policy.metadata.name}-defaults`;
  const apiVersion = `admissionregistration.k8s.io/${version.minor < GENERAL ? "v1beta1" : "v1"}`;
  const spec = {
    failurePolicy: policy.spec.failurePolicy,
    // A default may make the Service match another policy.
    reinvocationPolicy: "IfNeeded",
    matchConstraints: constraints(match, situations),
    matchConditions: [
      ...exclusions(situations),
      ...conditions(match, situations),
      ...ownConditions(policy.spec),
      ...wholeExemptions(policy.spec, "object"),
    ],
    mutations: mutations.map((expression) => ({ patchType: "JSONPatch", jsonPatch: { expression } })),
  };
  return {
    objects: [
      { apiVersion, kind: "MutatingAdmissionPolicy", metadata: { name }, spec },
      { apiVersion, kind: "MutatingAdmissionPolicyBinding", metadata: { name }, spec: { policyName: name } },
    ],
    omissions,
    notes: version.minor < GENERAL ? [BETA_NOTE] : [],
  };
}

/** The defaults that CEL cannot say, by their names in a policy. */
export function omittedDefaultNames(): readonly string[] {
  return [...FILLED_IN_BEFORE, "ports[].protocol"];
}

/** The paths of the defaults that CEL cannot say. */
function omittedDefaults(defaults: Defaults): readonly string[] {
  return [
    ...FILLED_IN_BEFORE.filter((name) => defaults[name] !== undefined).map((name) => `spec.defaults.${name}`),
    ...(defaults.ports ?? []).flatMap(({ protocol }, index) =>
      protocol === undefined ? [] : [`spec.defaults.ports[${index}].protocol`],
    ),
  ];
}

function* mutationsOf({ match = {} }: PolicySpec, defaults: Defaults): Iterable<Cel> {
  // A Service that is stored without a field keeps it so, unless it only now starts to match the policy.
  const becameMatching = looksAtObject(match) ? not(matchesObject(match, "oldObject")) : "false";
  for (const [name, row] of specFields()) {
    const value = defaults[name];
    if (value === undefined) continue;
    const isOpen = isOpenField(`spec.${name}`, row, value, becameMatching);
    yield `${isOpen} ? [${patch(`/spec/${name}`, literalOf(value))}] : []`;
  }
  if (defaults.labels !== undefined) yield mapMutation("labels", defaults.labels, () => TRUE);
  if (defaults.annotations !== undefined) {
    yield mapMutation("annotations", defaults.annotations, (key) =>
      or("oldObject == null", `${quoted(key)} in ${mapOf("oldObject", "annotations")}`, becameMatching),
    );
  }
  const ports = defaults.ports ?? [];
  for (const [index, { appProtocol }] of ports.entries()) {
    if (appProtocol !== undefined) yield portMutation(ports.slice(0, index + 1), appProtocol, becameMatching);
  }
}

function specFields(): readonly (readonly [keyof typeof SPEC_FIELDS, Row])[] {
  const { ipFamilyPolicy, trafficDistribution, loadBalancerClass, loadBalancerSourceRanges } = SPEC_FIELDS;
  return [
    ["ipFamilyPolicy", ipFamilyPolicy],
    ["trafficDistribution", trafficDistribution],
    ["loadBalancerClass", loadBalancerClass],
    ["loadBalancerSourceRanges", loadBalancerSourceRanges],
  ];
}

/** Whether an absent field is open: the rules of `mayChange` in `src/policy/defaults/decide.ts`. */
function isOpenField(path: string, { fits, onUpdate }: Row, value: unknown, becameMatching: Cel): Cel {
  const isStored = `has(oldObject.${path})`;
  const isNew = or(not(fits("oldObject")), becameMatching);
  const mayChange = {
    keep: or(isStored, isNew),
    "carried-over": and(not(isStored), isNew),
    immutable: `${isStored} ? oldObject.${path} == ${literalOf(value)} : (${isNew})`,
  }[onUpdate];
  return and(fits("object"), `!has(object.${path})`, or("oldObject == null", `(${mayChange})`));
}

function mapMutation(
  map: "labels" | "annotations",
  entries: Readonly<Record<string, string>>,
  mayAdd: (key: string) => Cel,
): Cel {
  const additions = Object.entries(entries).map(([key, value]) => {
    const isOpen = and(not(`${quoted(key)} in ${mapOf("object", map)}`), mayAdd(key));
    return `(${isOpen} ? [${patch(`/metadata/${map}/${escapePointer(key)}`, quoted(value))}] : [])`;
  });
  return [`(has(object.metadata.${map}) ? [] : [${patch(`/metadata/${map}`, "{}")}])`, ...additions].join(" + ");
}

/** The mutation of the ports that the last of the entries is the first to match. */
function portMutation(entries: readonly PortDefault[], appProtocol: string, becameMatching: Cel): Cel {
  const matching = entries.map(matchesPort);
  const isFirst = and(...matching.slice(0, -1).map(not), ...matching.slice(-1));
  const isSame = "stored.port == port.port && stored.?name == port.?name";
  const isStoredWithout = `oldObject.spec.?ports.orValue([]).exists(stored, ${isSame} && !has(stored.appProtocol))`;
  const mayChange = or("oldObject == null", not(isNotExternalName("oldObject")), becameMatching, not(isStoredWithout));
  const where = and(isNotExternalName("object"), "!has(port.appProtocol)", isFirst, mayChange);
  const at = '"/spec/ports/" + string(index) + "/appProtocol"';
  const change = `JSONPatch{op: "add", path: ${at}, value: ${quoted(appProtocol)}}`;
  return `object.spec.?ports.orValue([]).transformList(index, port, ${where}, ${change})`;
}

function matchesPort({ port, name }: PortDefault): Cel {
  return and(
    port === undefined ? TRUE : `port.port == ${port}`,
    name === undefined ? TRUE : matchesGlobs('port.?name.orValue("")', [name]),
  );
}

function patch(path: string, value: Cel): Cel {
  return `JSONPatch{op: "add", path: ${quoted(path)}, value: ${value}}`;
}

function literalOf(value: unknown): Cel {
  return Array.isArray(value) && value.every((item) => typeof item === "string")
    ? `[${value.map((item) => quoted(item)).join(", ")}]`
    : literal(value);
}
