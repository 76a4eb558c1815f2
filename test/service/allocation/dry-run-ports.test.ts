import { describe, expect, it } from "@jest/globals";
import { create, manifest, saidOf, stored, update } from "#test/engine/ask.ts";

const DRY = { dryRun: true } as const;
const REAL = { dryRun: false } as const;

/** Ports with these node ports, in this order; undefined leaves one to the server. */
function ports(...nodePorts: readonly (number | undefined)[]): object[] {
  return nodePorts.map((nodePort, i) => ({
    name: `p${i}`,
    port: 80 + i,
    ...(nodePort === undefined ? {} : { nodePort }),
  }));
}

const taken = (index: number, found: number): object => ({
  code: "node-port-taken",
  path: `spec.ports[${index}].nodePort`,
  reason: "FieldValueInvalid",
  found,
});

describe("a dry run shows the number behind the highest that it has taken", () => {
  it.each([
    { name: "the first shown is 32769", nodePorts: [undefined, 32769], want: [taken(1, 32769)] },
    { name: "the second shown is 32770", nodePorts: [undefined, undefined, 32770], want: [taken(2, 32770)] },
    { name: "behind an asked-for one", nodePorts: [30080, undefined, 30081], want: [taken(2, 30081)] },
    { name: "behind the highest of them", nodePorts: [30085, 30080, undefined, 30086], want: [taken(3, 30086)] },
    { name: "not behind the lower one", nodePorts: [30085, 30080, undefined, 30081], want: [] },
    { name: "one that is asked for first is not shown", nodePorts: [32769, undefined, 32771], want: [] },
    { name: "from 1 on, where all are negative", nodePorts: [-1, undefined, 1], want: [taken(2, 1)] },
    { name: "below 100 one that is free", nodePorts: [97, undefined, 98], want: [taken(2, 98)] },
    { name: "from 100 on the next, free or not", nodePorts: [99, undefined, 100], want: [taken(2, 100)] },
  ])("$name", ({ nodePorts, want }) => {
    const answer = create(manifest({ type: "NodePort", ports: ports(...nodePorts) }), DRY);
    expect(saidOf(answer.causes)).toEqual(want);
  });

  it("shares what it shows among ports of one number", () => {
    const shared = [
      { name: "a", port: 53, protocol: "TCP" },
      { name: "b", port: 53, protocol: "UDP" },
      { name: "c", port: 80, nodePort: 32770 },
    ];
    expect(create(manifest({ type: "NodePort", ports: shared }), DRY).decision).toEqual({ allowed: true });
  });

  it("a real write picks one that is free", () => {
    const answer = create(manifest({ type: "NodePort", ports: ports(30080, undefined, 30081) }), REAL);
    expect(answer.decision).toEqual({ allowed: true });
    expect(answer.allocated).toContain("/spec/ports/1/nodePort");
  });
});

describe("the health check port of a dry run", () => {
  const local = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
  const beyond = {
    code: "port-range",
    path: "spec.healthCheckNodePort",
    reason: "FieldValueInvalid",
    min: 1,
    max: 65535,
  };

  it.each([
    { name: "is the next one", nodePort: 65534, want: [] },
    { name: "is refused beyond the last port", nodePort: 65535, want: [{ ...beyond, found: 65536 }] },
  ])("$name", ({ nodePort, want }) => {
    expect(saidOf(create(manifest({ ...local, ports: ports(nodePort) }), DRY).causes)).toEqual(want);
  });

  it("cannot be the one that a node port shows", () => {
    const answer = create(manifest({ ...local, ports: ports(undefined), healthCheckNodePort: 32769 }), DRY);
    expect(answer.decision).toEqual({ allowed: false, code: 500 });
  });

  it("is one that the cluster can give, in a real write", () => {
    const answer = create(manifest({ ...local, ports: ports(undefined) }), REAL);
    expect(answer.decision).toEqual({ allowed: true });
    expect(answer.allocated).toContain("/spec/healthCheckNodePort");
  });
});

describe("a port that somebody holds", () => {
  it.each([DRY, REAL])("is the stored object's own health check port, too: %j", (options) => {
    const old = stored({ type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 32100 });
    const answer = update(manifest({ type: "NodePort", ports: ports(32100) }), old, options);
    expect(saidOf(answer.causes)).toEqual([taken(0, 32100)]);
  });

  it.each([DRY, REAL])("is a node port that this very update gives up: %j", (options) => {
    const old = stored({ type: "NodePort", ports: [{ name: "old", port: 80, nodePort: 30090 }] });
    const spec = {
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      ports: ports(30091),
      healthCheckNodePort: 30090,
    };
    expect(update(manifest(spec), old, options).decision).toEqual({ allowed: false, code: 500 });
  });

  it("collides, in an update's dry run, with the number that is shown for another", () => {
    const old = stored({ type: "NodePort", ports: [{ name: "kept", port: 80, nodePort: 30081 }] });
    const spec = { type: "NodePort", ports: [...ports(30080, undefined), { name: "kept", port: 90, nodePort: 30081 }] };
    expect(update(manifest(spec), old, DRY).decision).toEqual({ allowed: false, code: 500 });
    expect(update(manifest(spec), old, REAL).decision).toEqual({ allowed: true });
  });
});
