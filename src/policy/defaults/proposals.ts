import { Path } from "../../field/index.ts";
import {
  hasExternalPolicy,
  isHeadless,
  type Service,
  type ServicePort,
  type ServiceSpec,
} from "../../service/schema/index.ts";
import type { Feature, KubernetesVersion } from "../../service/versions/index.ts";
import { compileGlob, type TextPredicate } from "../match/index.ts";
import type { Defaults, PortDefault } from "../schema/index.ts";

/** How a default applies to an update of a stored Service. */
type OnUpdate =
  /** Applied whenever the field is absent: it does not change how a Service behaves. */
  | "fill"
  /** Not applied if the field is absent in the stored Service: it would change a running Service. */
  | "keep"
  /** Not applied: the API server carries the stored value over. */
  | "carried-over"
  /** The field may not change once it is stored. */
  | "immutable";

/** A default of a policy for one field of a Service. */
export interface DefaultProposal {
  readonly path: Path;
  /** The path as text and as keys: both are needed several times. */
  readonly at: string;
  readonly keys: readonly (string | number)[];
  readonly value: unknown;
  readonly onUpdate: OnUpdate;
  /** The feature that introduced the field. */
  readonly feature?: Feature;
  /** The group with which the proposal is accepted or refused if there are very many proposals. */
  readonly group?: string;
  /** Whether the Service can have the field. */
  readonly fits: (service: Service, version: KubernetesVersion) => boolean;
  /** The path of the same field in the stored Service, which may differ for ports; undefined if there is none. */
  readonly storedPath: (old: Service) => Path | undefined;
  /** Sets the value in place. */
  readonly write: (copy: ServiceCopy) => void;
}

/** A Service in which everything that a default may change is a copy. */
export type ServiceCopy = Service;

type SpecField = keyof Defaults & keyof ServiceSpec;

interface Row {
  readonly onUpdate: OnUpdate;
  readonly feature?: Feature;
  readonly fits: (service: Service, version: KubernetesVersion) => boolean;
}

const isLoadBalancer = ({ spec }: Service): boolean => spec.type === "LoadBalancer";
const isNotExternalName = ({ spec }: Service): boolean => spec.type !== "ExternalName";
/** The older, comma-separated form of the source ranges, which the API server reads when the field is empty. */
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/**
 * The defaults that are fields of the spec, except `type` and `sessionAffinity`. A new default is a row here and one in
 * the shape of the document.
 */
const SPEC_FIELDS = {
  ipFamilyPolicy: { onUpdate: "carried-over", feature: "dualStack", fits: isNotExternalName },
  internalTrafficPolicy: { onUpdate: "keep", feature: "internalTrafficPolicy", fits: isNotExternalName },
  externalTrafficPolicy: { onUpdate: "keep", fits: ({ spec }, version) => hasExternalPolicy(spec, version) },
  trafficDistribution: { onUpdate: "keep", feature: "trafficDistribution", fits: isNotExternalName },
  loadBalancerClass: { onUpdate: "immutable", feature: "loadBalancerClass", fits: isLoadBalancer },
  loadBalancerSourceRanges: {
    onUpdate: "keep",
    fits: (service) => isLoadBalancer(service) && service.metadata.annotations?.[SOURCE_RANGES] === undefined,
  },
  allocateLoadBalancerNodePorts: { onUpdate: "keep", feature: "allocateLoadBalancerNodePorts", fits: isLoadBalancer },
} as const satisfies Partial<Record<SpecField, Row>>;

const SPEC = Path.root.child("spec");
const METADATA = Path.root.child("metadata");

/** The proposals of a policy that do not depend on the Service, by the stage that applies them. */
export interface FixedProposals {
  readonly type: readonly DefaultProposal[];
  readonly labels: readonly DefaultProposal[];
  /** They come before the timeout, which another policy may set. */
  readonly affinity: readonly DefaultProposal[];
  readonly fields: readonly DefaultProposal[];
  readonly annotations: readonly DefaultProposal[];
}

/** The proposals for all fields but those of ports. */
export function fixedProposals(defaults: Defaults): FixedProposals {
  const { type, labels = {}, annotations = {}, sessionAffinity, timeoutSeconds } = defaults;
  // A headless Service can only have the type ClusterIP.
  const canHaveType = ({ spec }: Service): boolean => !isHeadless(spec) && spec.clusterIP !== "None";
  const affinity = { onUpdate: "keep", fits: isNotExternalName } as const;
  return {
    type: type === undefined ? [] : [specProposal("type", type, { onUpdate: "keep", fits: canHaveType })],
    labels: Object.entries(labels).map(([key, value]) => entryProposal("labels", key, value, "fill")),
    affinity: sessionAffinity === undefined ? [] : [specProposal("sessionAffinity", sessionAffinity, affinity)],
    fields: [
      ...specFields().flatMap(([name, row]) => {
        const value = defaults[name];
        return value === undefined ? [] : [specProposal(name, value, row)];
      }),
      ...(timeoutSeconds === undefined ? [] : [timeoutProposal(timeoutSeconds)]),
    ],
    annotations: Object.entries(annotations).map(([key, value]) => entryProposal("annotations", key, value, "keep")),
  };
}

/** The proposals for the ports of `service`. */
export function portProposals({ ports = [] }: Defaults, service: Service): readonly DefaultProposal[] {
  if (ports.length === 0) return [];
  return (service.spec.ports ?? []).flatMap((port, index) => proposalsForPort(ports, port, index));
}

function specFields(): [keyof typeof SPEC_FIELDS, Row][] {
  const { ipFamilyPolicy, internalTrafficPolicy, externalTrafficPolicy, trafficDistribution } = SPEC_FIELDS;
  const { loadBalancerClass, loadBalancerSourceRanges, allocateLoadBalancerNodePorts } = SPEC_FIELDS;
  return [
    ["ipFamilyPolicy", ipFamilyPolicy],
    ["internalTrafficPolicy", internalTrafficPolicy],
    ["externalTrafficPolicy", externalTrafficPolicy],
    ["trafficDistribution", trafficDistribution],
    ["loadBalancerClass", loadBalancerClass],
    ["loadBalancerSourceRanges", loadBalancerSourceRanges],
    ["allocateLoadBalancerNodePorts", allocateLoadBalancerNodePorts],
  ];
}

function located(path: Path): Pick<DefaultProposal, "path" | "at" | "keys"> {
  return { path, at: path.toString(), keys: path.keys() };
}

function specProposal(name: SpecField, value: unknown, row: Row): DefaultProposal {
  const path = SPEC.child(name);
  const write = ({ spec }: ServiceCopy): void => void Object.assign(spec, { [name]: value });
  return { ...located(path), value, ...row, storedPath: () => path, write };
}

function timeoutProposal(timeoutSeconds: number): DefaultProposal {
  const path = SPEC.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds");
  return {
    ...located(path),
    value: timeoutSeconds,
    onUpdate: "keep",
    fits: ({ spec }) => spec.sessionAffinity === "ClientIP",
    storedPath: () => path,
    write: ({ spec }) => {
      spec.sessionAffinityConfig = { clientIP: { timeoutSeconds } };
    },
  };
}

function entryProposal(map: "labels" | "annotations", key: string, value: string, onUpdate: OnUpdate): DefaultProposal {
  const path = METADATA.child(map).key(key);
  return {
    ...located(path),
    value,
    onUpdate,
    group: map,
    fits: () => true,
    storedPath: () => path,
    write: ({ metadata }) => {
      (metadata[map] ??= {})[key] = value;
    },
  };
}

function proposalsForPort(defaults: readonly PortDefault[], port: ServicePort, index: number): DefaultProposal[] {
  const matching = defaults.find((entry) => matchesPort(entry, port));
  if (matching === undefined) return [];
  // A copy of the port's current state: another default may change it in place.
  const current = { ...port };
  const path = SPEC.child("ports").index(index);
  return (["protocol", "appProtocol"] as const).flatMap((name) => {
    const value = matching[name];
    return value === undefined ? [] : [portProposal(path.child(name), name, value, current, index)];
  });
}

function portProposal(
  path: Path,
  name: "protocol" | "appProtocol",
  value: string,
  port: ServicePort,
  index: number,
): DefaultProposal {
  return {
    ...located(path),
    value,
    onUpdate: "keep",
    group: `ports ${name}`,
    fits: isNotExternalName,
    storedPath: (old) => oldPortPath(old, port)?.child(name),
    write: ({ spec }) => {
      const portCopy = spec.ports?.[index];
      if (portCopy !== undefined) portCopy[name] = value;
    },
  };
}

function matchesPort(entry: PortDefault, port: ServicePort): boolean {
  if (entry.port !== undefined && entry.port !== port.port) return false;
  return entry.name === undefined || nameMatcherOf(entry, entry.name)(port.name ?? "");
}

/** The compiled globs of port defaults, cached because each port is matched against them. */
const knownGlobs = new WeakMap<PortDefault, TextPredicate>();

function nameMatcherOf(entry: PortDefault, glob: string): TextPredicate {
  const known = knownGlobs.get(entry);
  if (known !== undefined) return known;
  const matches = compileGlob(glob);
  knownGlobs.set(entry, matches);
  return matches;
}

/** The path of the port in the stored Service: same number, name and protocol, else same number and name. */
function oldPortPath(old: Service, port: ServicePort): Path | undefined {
  const positions = positionsIn(old);
  const index = positions.get(portText(port, port.protocol)) ?? positions.get(portText(port));
  return index === undefined ? undefined : SPEC.child("ports").index(index);
}

/** The positions of a stored Service's ports, cached because each port of the new Service looks them up. */
const knownPositions = new WeakMap<Service, ReadonlyMap<string, number>>();

function positionsIn(old: Service): ReadonlyMap<string, number> {
  const known = knownPositions.get(old);
  if (known !== undefined) return known;
  const positions = new Map<string, number>();
  for (const [index, port] of (old.spec.ports ?? []).entries()) {
    for (const text of [portText(port, port.protocol), portText(port)]) {
      if (!positions.has(text)) positions.set(text, index);
    }
  }
  knownPositions.set(old, positions);
  return positions;
}

function portText({ port, name }: ServicePort, ...protocol: readonly (string | undefined)[]): string {
  return JSON.stringify([port, name, ...protocol]);
}
