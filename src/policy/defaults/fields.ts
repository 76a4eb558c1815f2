import { Path } from "../../field/path.ts";
import { isExternallyReachable } from "../../service/defaults.ts";
import { isHeadless } from "../../service/predicates.ts";
import type { Service, ServicePort, ServiceSpec } from "../../service/types.ts";
import type { Feature } from "../../service/version.ts";
import { compileGlob, type Matcher } from "../match/glob.ts";
import type { Defaults, PortDefault } from "../schema/document.ts";

/** How a default behaves towards a Service that is stored already. */
type OnUpdate =
  /** Filled in whenever it is absent: steers nothing. */
  | "fill"
  /** Left absent where it is absent in the stored Service: it would change what runs. */
  | "keep"
  /** The API server carries the stored value over by itself. */
  | "carried-over"
  /** May not change once stored. */
  | "immutable";

/** One default of a policy, for one place of a Service. */
export interface Proposal {
  readonly path: Path;
  readonly value: unknown;
  readonly onUpdate: OnUpdate;
  /** The feature that brought the field. */
  readonly feature?: Feature;
  /** What it stands and falls with in a Service that has very many of the kind. */
  readonly together?: string;
  /** Whether a Service like this can have the field. */
  readonly fits: (service: Service) => boolean;
  /** The place of the same value in the stored Service, where that may be another one. */
  readonly pathIn: (old: Service) => Path | undefined;
  /** Puts the value in, in place. */
  readonly write: (draft: Draft) => void;
}

/** A Service of which all that a default may change is a copy. */
export type Draft = Service;

type SpecField = keyof Defaults & keyof ServiceSpec;

interface Row {
  readonly onUpdate: OnUpdate;
  readonly feature?: Feature;
  readonly fits: (service: Service) => boolean;
}

const isLoadBalancer = ({ spec }: Service): boolean => spec.type === "LoadBalancer";
const isNoAlias = ({ spec }: Service): boolean => spec.type !== "ExternalName";
/** An older, comma-separated form of the source ranges, which the API server looks at when the field is empty. */
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** The defaults that are fields of the spec, `type` and `sessionAffinity` aside. A new one is a row here and one in the document's shape. */
const SPEC_FIELDS = {
  ipFamilyPolicy: { onUpdate: "carried-over", feature: "dualStack", fits: isNoAlias },
  internalTrafficPolicy: { onUpdate: "keep", feature: "internalTrafficPolicy", fits: isNoAlias },
  externalTrafficPolicy: { onUpdate: "keep", fits: ({ spec }) => isExternallyReachable(spec) },
  trafficDistribution: { onUpdate: "keep", feature: "trafficDistribution", fits: isNoAlias },
  loadBalancerClass: { onUpdate: "immutable", feature: "loadBalancerClass", fits: isLoadBalancer },
  loadBalancerSourceRanges: {
    onUpdate: "keep",
    fits: (service) => isLoadBalancer(service) && service.metadata.annotations?.[SOURCE_RANGES] === undefined,
  },
  allocateLoadBalancerNodePorts: { onUpdate: "keep", feature: "allocateLoadBalancerNodePorts", fits: isLoadBalancer },
} as const satisfies Partial<Record<SpecField, Row>>;

const SPEC = Path.root.child("spec");
const METADATA = Path.root.child("metadata");

/** What a policy would make of the Service's type. */
export function typeProposal({ type }: Defaults): Proposal[] {
  // A headless Service can be of no other type than ClusterIP.
  const fits = ({ spec }: Service): boolean => !isHeadless(spec) && spec.clusterIP !== "None";
  return type === undefined ? [] : [specProposal("type", type, { onUpdate: "keep", fits })];
}

/** What a policy would add to the Service's labels. */
export function labelProposals({ labels = {} }: Defaults): Proposal[] {
  return Object.entries(labels).map(([key, value]) => entryProposal("labels", key, value, "fill"));
}

/** What a policy would make of the affinity: it makes room for a timeout, which may be another policy's to say. */
export function affinityProposals({ sessionAffinity }: Defaults): Proposal[] {
  const row = { onUpdate: "keep", fits: isNoAlias } as const;
  return sessionAffinity === undefined ? [] : [specProposal("sessionAffinity", sessionAffinity, row)];
}

/** What a policy would fill in elsewhere; ports are those of the given Service. */
export function otherProposals(defaults: Defaults, service: Service): Proposal[] {
  const { annotations = {}, ports = [], timeoutSeconds } = defaults;
  return [
    ...specFields().flatMap(([name, row]) => {
      const value = defaults[name];
      return value === undefined ? [] : [specProposal(name, value, row)];
    }),
    ...(timeoutSeconds === undefined ? [] : [timeoutProposal(timeoutSeconds)]),
    ...(ports.length === 0 ? [] : (service.spec.ports ?? [])).flatMap((port, index) =>
      portProposals(ports, port, index),
    ),
    ...Object.entries(annotations).map(([key, value]) => entryProposal("annotations", key, value, "keep")),
  ];
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

function specProposal(name: SpecField, value: unknown, row: Row): Proposal {
  const path = SPEC.child(name);
  const write = ({ spec }: Draft): void => void Object.assign(spec, { [name]: value });
  return { path, value, ...row, pathIn: () => path, write };
}

function timeoutProposal(timeoutSeconds: number): Proposal {
  const path = SPEC.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds");
  return {
    path,
    value: timeoutSeconds,
    onUpdate: "keep",
    fits: ({ spec }) => spec.sessionAffinity === "ClientIP",
    pathIn: () => path,
    write: ({ spec }) => {
      spec.sessionAffinityConfig = { clientIP: { timeoutSeconds } };
    },
  };
}

function entryProposal(map: "labels" | "annotations", key: string, value: string, onUpdate: OnUpdate): Proposal {
  const path = METADATA.child(map).key(key);
  return {
    path,
    value,
    onUpdate,
    together: map,
    fits: () => true,
    pathIn: () => path,
    write: ({ metadata }) => {
      (metadata[map] ??= {})[key] = value;
    },
  };
}

function portProposals(defaults: readonly PortDefault[], port: ServicePort, index: number): Proposal[] {
  const matching = defaults.find((entry) => matchesPort(entry, port));
  if (matching === undefined) return [];
  // As it is now: another default may change it in place.
  const found = { ...port };
  const path = SPEC.child("ports").index(index);
  return (["protocol", "appProtocol"] as const).flatMap((name) => {
    const value = matching[name];
    return value === undefined ? [] : [portProposal(path.child(name), name, value, found, index)];
  });
}

function portProposal(
  path: Path,
  name: "protocol" | "appProtocol",
  value: string,
  port: ServicePort,
  index: number,
): Proposal {
  return {
    path,
    value,
    onUpdate: "keep",
    together: `ports ${name}`,
    fits: isNoAlias,
    pathIn: (old) => oldPortPath(old, port)?.child(name),
    write: ({ spec }) => {
      const drafted = spec.ports?.[index];
      if (drafted !== undefined) drafted[name] = value;
    },
  };
}

function matchesPort(entry: PortDefault, port: ServicePort): boolean {
  if (entry.port !== undefined && entry.port !== port.port) return false;
  return entry.name === undefined || namesOf(entry, entry.name)(port.name ?? "");
}

/** The globs of port defaults, compiled once: each port is held against them. */
const knownGlobs = new WeakMap<PortDefault, Matcher>();

function namesOf(entry: PortDefault, glob: string): Matcher {
  const known = knownGlobs.get(entry);
  if (known !== undefined) return known;
  const matches = compileGlob(glob);
  knownGlobs.set(entry, matches);
  return matches;
}

/** The port that this one was before: of the same number, name and protocol, else of the same number and name. */
function oldPortPath(old: Service, port: ServicePort): Path | undefined {
  const positions = positionsIn(old);
  const index = positions.get(portText(port, port.protocol)) ?? positions.get(portText(port));
  return index === undefined ? undefined : SPEC.child("ports").index(index);
}

/** Where the ports of a stored Service stand, made once: each port of the new one asks. */
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
