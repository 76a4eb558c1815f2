import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import type { Service } from "#src/service/schema/types.ts";
import { create, manifest, type Options, saidOf, stored, update } from "#test/engine/ask.ts";

const DRY: Options = { dryRun: true };
const at = (index: number): string => `/spec/ports/${index}/nodePort`;
const nodePort = { type: "NodePort" };
const taken = (found: number, index = 0): JsonObject => ({
  code: "node-port-taken",
  path: `spec.ports[${index}].nodePort`,
  reason: "FieldValueInvalid",
  found,
});
const outside = (found: number): JsonObject => ({
  code: "node-port-out-of-range",
  path: "spec.ports[0].nodePort",
  reason: "FieldValueInvalid",
  found,
  min: 30000,
  max: 32767,
});
const tcp = (port: number, node?: number): JsonObject => ({
  name: `tcp-${port}`,
  port,
  ...(node === undefined ? {} : { nodePort: node }),
});
const udp = (port: number, node?: number): JsonObject => ({ ...tcp(port, node), name: `udp-${port}`, protocol: "UDP" });

describe("node ports are given", () => {
  it.each<{ rule: string; spec: JsonObject; allocated: readonly string[] }>([
    { rule: "to a NodePort", spec: nodePort, allocated: [at(0)] },
    { rule: "to a LoadBalancer", spec: { type: "LoadBalancer" }, allocated: [at(0)] },
    {
      rule: "not to a LoadBalancer that says so",
      spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false },
      allocated: [],
    },
    { rule: "not to a ClusterIP", spec: {}, allocated: [] },
    { rule: "to each port", spec: { ...nodePort, ports: [tcp(80), tcp(81)] }, allocated: [at(0), at(1)] },
    {
      rule: "not to one that asks for its own",
      spec: { ...nodePort, ports: [tcp(80, 30080), tcp(81)] },
      allocated: [at(1)],
    },
  ])("$rule", ({ spec, allocated }) => {
    const answer = create(manifest(spec));
    expect(answer.allocated.filter((pointer) => pointer.includes("ports"))).toEqual(allocated);
    for (const [i, port] of (answer.stored?.spec.ports ?? []).entries()) {
      expect(port.nodePort === 0).toBe(allocated.includes(at(i)));
    }
  });

  it.each<{ rule: string; spec: JsonObject; want: readonly (number | undefined)[] }>([
    {
      rule: "one that is asked for is kept where none are given",
      spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [tcp(80, 30080), tcp(81)] },
      want: [30080, undefined],
    },
    {
      rule: "one number by two protocols shares the node port that one of them asks for",
      spec: { ...nodePort, ports: [tcp(53), udp(53, 30053)] },
      want: [30053, 30053],
    },
    { rule: "whichever comes first", spec: { ...nodePort, ports: [tcp(53, 30053), udp(53)] }, want: [30053, 30053] },
    {
      rule: "unless each asks for its own",
      spec: { ...nodePort, ports: [tcp(53, 30053), udp(53, 30054)] },
      want: [30053, 30054],
    },
    {
      rule: "or both for the same",
      spec: { ...nodePort, ports: [tcp(53, 30053), udp(53, 30053)] },
      want: [30053, 30053],
    },
    { rule: "and shares what the server picks", spec: { ...nodePort, ports: [tcp(53), udp(53)] }, want: [0, 0] },
    {
      rule: "but another number has its own",
      spec: { ...nodePort, ports: [tcp(53, 30053), tcp(54)] },
      want: [30053, 0],
    },
  ])("$rule", ({ spec, want }) => {
    const answer = create(manifest(spec));
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.stored?.spec.ports?.map((port) => port.nodePort)).toEqual(want);
  });
});

describe("a node port that is asked for", () => {
  it.each<{ rule: string; spec: JsonObject; options?: Options; want: JsonObject[] }>([
    { rule: "may be the first of the range", spec: { ports: [tcp(80, 30000)] }, want: [] },
    { rule: "may be the last", spec: { ports: [tcp(80, 32767)] }, want: [] },
    { rule: "is not below", spec: { ports: [tcp(80, 29999)] }, want: [outside(29999)] },
    { rule: "is not above", spec: { ports: [tcp(80, 32768)] }, want: [outside(32768)] },
    { rule: "may be anywhere in a dry run", spec: { ports: [tcp(80, 1)] }, options: DRY, want: [] },
    { rule: "is asked for once", spec: { ports: [tcp(80, 30080), tcp(81, 30080)] }, want: [taken(30080, 1)] },
    {
      rule: "in a dry run, too",
      spec: { ports: [tcp(80, 30080), tcp(81, 30080)] },
      options: DRY,
      want: [taken(30080, 1)],
    },
    {
      rule: "by another protocol of another number, too",
      spec: { ports: [tcp(80, 30080), udp(81, 30080)] },
      want: [taken(30080, 1)],
    },
    {
      rule: "is looked at where none are given, too",
      spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [tcp(80, 1)] },
      want: [outside(1)],
    },
    {
      rule: "each of two protocols' own is looked at",
      spec: { ports: [udp(53, 30053), tcp(53, 1)] },
      want: [{ ...outside(1), path: "spec.ports[1].nodePort" }],
    },
    {
      rule: "also that of a third of the same number",
      spec: { ports: [udp(53, 30053), tcp(53, 30054), { ...tcp(54, 30054), name: "c" }] },
      want: [taken(30054, 2)],
    },
    {
      rule: "the first that cannot be had is the only one named",
      spec: { ports: [tcp(80, 1), tcp(81, 2)] },
      want: [outside(1)],
    },
    {
      rule: "and nothing else is said of the object",
      spec: { ports: [tcp(80, 1)], sessionAffinity: "Cookie" },
      want: [outside(1)],
    },
  ])("$rule", ({ spec, options, want }) => {
    expect(saidOf(create(manifest({ ...nodePort, ...spec }), options).causes)).toEqual(want);
  });
});

describe("node ports in an update", () => {
  const old = (): Service => stored({ ...nodePort, ports: [tcp(80), tcp(81)] });
  const [first, second] = [31000, 31001];

  it.each<{ rule: string; spec: JsonObject; want: readonly (number | undefined)[]; allocated: readonly string[] }>([
    { rule: "go by the name of their port", spec: { ports: [tcp(81), tcp(80)] }, want: [second, first], allocated: [] },
    {
      rule: "stay when the number changes",
      spec: { ports: [{ ...tcp(80), port: 8080 }, tcp(81)] },
      want: [first, second],
      allocated: [],
    },
    { rule: "are given to a new name", spec: { ports: [tcp(80), tcp(82)] }, want: [first, 0], allocated: [at(1)] },
    {
      rule: "are not given again where the client gives them to another port",
      spec: { ports: [tcp(80), tcp(81, first)] },
      want: [0, first],
      allocated: [at(0)],
    },
    { rule: "may be asked for anew", spec: { ports: [tcp(80, 30080), tcp(81)] }, want: [30080, second], allocated: [] },
    {
      rule: "may be asked for by both protocols",
      spec: { ports: [tcp(80, 30080), { ...tcp(81, 30080), protocol: "UDP" }] },
      want: [30080, 30080],
      allocated: [],
    },
    {
      rule: "of a LoadBalancer that wants none are not carried over",
      spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [tcp(80), tcp(81)] },
      want: [undefined, undefined],
      allocated: [],
    },
    {
      rule: "are kept on the way to a LoadBalancer",
      spec: { type: "LoadBalancer", ports: [tcp(80), tcp(81)] },
      want: [first, second],
      allocated: [],
    },
  ])("$rule", ({ spec, want, allocated }) => {
    const answer = update(manifest({ ...nodePort, ...spec }), old());
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.stored?.spec.ports?.map((port) => port.nodePort)).toEqual(want);
    expect(answer.allocated).toEqual(allocated);
  });

  it.each<{ rule: string; spec: JsonObject; options?: Options; want: JsonObject[] }>([
    { rule: "lie in the range where they are new", spec: { ports: [tcp(80, 29999), tcp(81)] }, want: [outside(29999)] },
    {
      rule: "are named one at a time",
      spec: { ports: [tcp(80, 1), tcp(81, 2)] },
      want: [outside(1)],
    },
    {
      rule: "may be taken by the Service itself",
      spec: { ports: [tcp(80, first), tcp(81)] },
      want: [],
    },
    {
      rule: "stand once for a protocol: the server fails on a second",
      spec: { ports: [tcp(80, 30080), tcp(81, 30080)] },
      want: [{ code: "node-port-collides", path: "spec.ports[1]", found: 30080, other: "TCP" }],
    },
    {
      rule: "those of the stored object, too",
      spec: { ports: [tcp(80, first), tcp(81, first)] },
      want: [{ code: "node-port-collides", path: "spec.ports[1]", found: first, other: "TCP" }],
    },
  ])("$rule", ({ spec, options, want }) => {
    const answer = update(manifest({ ...nodePort, ...spec }), old(), options);
    expect(saidOf(answer.causes)).toEqual(want);
    const code = want.some((one) => one["code"] === "node-port-collides") ? 500 : 422;
    expect(answer.decision).toEqual(want.length === 0 ? { allowed: true } : { allowed: false, code });
  });

  it("outside of a range that has shrunk stay where they are the Service's own", () => {
    const cluster = { ...PROFILES.dual, nodePortRange: { first: 32000, last: 32767 } };
    expect(saidOf(update(manifest({ ...nodePort, ports: [tcp(80), tcp(81)] }), old(), { cluster }).causes)).toEqual([]);
  });

  it("of ports without a name are all carried over to the first of them", () => {
    const single = stored(nodePort);
    const answer = update(manifest({ ...nodePort, ports: [{ port: 80 }, { port: 81 }] }), single);
    expect(answer.causes.map(({ code }) => code)).toEqual(["node-port-collides"]);
  });

  it("come with the type", () => {
    const answer = update(manifest(nodePort), stored());
    expect(answer.allocated).toEqual([at(0)]);
  });
});

describe("a health check port", () => {
  const local = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
  const POINTER = "/spec/healthCheckNodePort";
  const gone = (found: number): JsonObject => ({
    code: "health-check-port-unavailable",
    path: "spec.healthCheckNodePort",
    found,
    min: 30000,
    max: 32767,
  });

  it.each<{ rule: string; spec: JsonObject; given: boolean }>([
    { rule: "is given to a LoadBalancer with Local", spec: local, given: true },
    { rule: "not to one with Cluster", spec: { type: "LoadBalancer" }, given: false },
    { rule: "not to a NodePort with Local", spec: { ...local, type: "NodePort" }, given: false },
  ])("$rule", ({ spec, given }) => {
    const answer = create(manifest(spec));
    expect(answer.allocated.includes(POINTER)).toBe(given);
    expect(answer.stored?.spec.healthCheckNodePort).toBe(given ? 0 : undefined);
  });

  it.each<{ rule: string; port: number; options?: Options; ports?: JsonObject[]; want: JsonObject[] }>([
    { rule: "may be asked for", port: 31000, want: [] },
    { rule: "is not below the range: the server fails on it", port: 29999, want: [gone(29999)] },
    { rule: "is not above it", port: 32768, want: [gone(32768)] },
    { rule: "may be anything in a dry run", port: 1, options: DRY, want: [] },
    { rule: "is no node port of the object itself", port: 30081, ports: [tcp(80, 30081)], want: [gone(30081)] },
    { rule: "in a dry run neither", port: 30081, ports: [tcp(80, 30081)], options: DRY, want: [gone(30081)] },
  ])("$rule", ({ port, ports = [tcp(80)], options, want }) => {
    const answer = create(manifest({ ...local, ports, healthCheckNodePort: port }), options);
    expect(saidOf(answer.causes)).toEqual(want);
    expect(answer.decision).toEqual(want.length === 0 ? { allowed: true } : { allowed: false, code: 500 });
    if (want.length === 0) expect(answer.stored?.spec.healthCheckNodePort).toBe(port);
  });

  it("is not looked at where a node port cannot be had", () => {
    const spec = { ...local, healthCheckNodePort: 1, ports: [tcp(80, 1)] };
    expect(saidOf(create(manifest(spec)).causes)).toEqual([outside(1)]);
  });

  it.each<{ rule: string; old: JsonObject; spec: JsonObject; given: boolean }>([
    { rule: "comes with Local", old: { type: "LoadBalancer" }, spec: local, given: true },
    { rule: "stays where it is left out", old: local, spec: local, given: false },
    { rule: "goes with Cluster", old: local, spec: { type: "LoadBalancer" }, given: false },
    { rule: "goes with the type", old: local, spec: { type: "NodePort" }, given: false },
  ])("in an update: $rule", ({ old, spec, given }) => {
    const before = stored(old);
    const answer = update(manifest(spec), before);
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.allocated.includes(POINTER)).toBe(given);
    const kept = spec === local && old === local ? before.spec.healthCheckNodePort : undefined;
    expect(answer.stored?.spec.healthCheckNodePort).toBe(given ? 0 : kept);
  });

  it("that stays is not looked at, wherever the range is by now", () => {
    const before = stored(local);
    const nodePortRange = { first: 30000, last: 31500 };
    expect(saidOf(update(manifest(local), before, { cluster: { ...PROFILES.dual, nodePortRange } }).causes)).toEqual(
      [],
    );
  });

  it("stays while it is in use", () => {
    const before = stored(local);
    expect(saidOf(update(manifest({ ...local, healthCheckNodePort: 31001 }), before).causes)).toEqual([
      {
        code: "health-check-port-immutable",
        path: "spec.healthCheckNodePort",
        reason: "FieldValueForbidden",
        found: 31001,
        other: String(before.spec.healthCheckNodePort),
      },
    ]);
  });

  it("is refused beside what it has become useless for, if it changes", () => {
    expect(
      update(manifest({ type: "LoadBalancer", healthCheckNodePort: 31001 }), stored(local)).causes.map(
        ({ code }) => code,
      ),
    ).toEqual(["health-check-port-unused"]);
  });
});
