import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { UNKNOWN_CLUSTER } from "#src/service/cluster/cluster-profile.ts";
import { create } from "#test/engine/ask.ts";

const nodePortRange = { first: 30000, last: 32767 };
/** Every kind of cluster, each with every address of its families. */
const CLUSTERS = [["0.0.0.0/0"], ["::/0"], ["0.0.0.0/0", "::/0"], ["::/0", "0.0.0.0/0"]].map((serviceCIDRs) => ({
  serviceCIDRs,
  nodePortRange,
}));

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const address = fc.constantFrom("172.20.0.9", "fd00:1::9", "None");
const spec = fc.record({
  type: maybe(fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")),
  ports: fc.constant([{ port: 80 }]),
  externalName: fc.constant("db.example.com"),
  clusterIP: maybe(address),
  clusterIPs: maybe(fc.uniqueArray(address, { minLength: 1, maxLength: 2 })),
  ipFamilies: maybe(fc.uniqueArray(fc.constantFrom("IPv4", "IPv6"), { minLength: 1, maxLength: 2 })),
  ipFamilyPolicy: maybe(fc.constantFrom("SingleStack", "PreferDualStack", "RequireDualStack")),
  selector: maybe(fc.constant({ app: "web" })),
});

describe("with unknown ranges", () => {
  it("a Service is accepted that some cluster accepts", () => {
    let accepted = 0;
    fc.assert(
      fc.property(spec, (fields) => {
        const object: unknown = JSON.parse(JSON.stringify({ metadata: { name: "web" }, spec: fields }));
        const isPossible = CLUSTERS.some((cluster) => create(object, { cluster }).decision.allowed);
        if (!isPossible) return;
        accepted++;
        expect(create(object, { cluster: UNKNOWN_CLUSTER }).causes).toEqual([]);
      }),
      { seed: 20261127, numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
