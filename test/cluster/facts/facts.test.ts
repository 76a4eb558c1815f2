import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { type Discoverable, DiscoveredFacts } from "#src/cluster/facts/facts.ts";
import { valueAt } from "#src/field/json.ts";
import { UNKNOWN_CLUSTER } from "#src/service/cluster/cluster-profile.ts";
import type { ClusterState } from "#src/sources/cluster-facts.ts";
import { ApiServer, type Rule } from "../api-server.ts";
import { FakeClock } from "../fake-clock.ts";
import { until } from "../poll.ts";
import { Refusal } from "../store.ts";

const NEW = "/apis/networking.k8s.io/v1/servicecidrs";
const OLD = "/apis/networking.k8s.io/v1beta1/servicecidrs";
const CONFIGURED: ClusterState = {
  version: { minor: 36 },
  profile: { serviceCIDRs: ["172.30.0.0/16"], nodePortRange: { first: 30000, last: 32767 } },
};

/** The answers to a dry run, by IP family: an error message, or undefined for success. */
function dryRun(answers: Readonly<Record<string, string | undefined>>): Rule {
  return ({ method, path, body, query }) => {
    if (method !== "POST" || !path.endsWith("/services")) return undefined;
    if (query.get("dryRun") !== "All") return new Refusal(500, "InternalError", "this would have been written");
    const message = answers[String(valueAt(body, ["spec", "ipFamilies", 0]))];
    return message === undefined ? undefined : new Refusal(422, "Invalid", message);
  };
}

const OUT_OF_RANGE =
  "spec.clusterIPs: Invalid value: failed to allocate IP: the provided IP is not in the valid range. The range of valid IPs is";
const NO_FAMILY = "spec.ipFamilies[0]: Invalid value: not configured on this cluster";

describe("what the cluster tells of itself", () => {
  let server: ApiServer;
  let clock: FakeClock;
  let log: string[];
  let facts: DiscoveredFacts | undefined;

  beforeEach(async () => {
    server = await ApiServer.start();
    clock = new FakeClock();
    log = [];
    for (const path of [NEW, OLD]) server.absent.add(path);
  });

  afterEach(async () => {
    await facts?.close();
    await server.stop();
  });

  async function open(discover: readonly Discoverable[], configured = CONFIGURED): Promise<DiscoveredFacts> {
    const write = (found: Record<string, unknown>, message: string): void => {
      log.push(`${message}: ${JSON.stringify(found)}`);
    };
    const dependencies = { api: connect(server.kubeconfig), clock, log: { info: write, warn: write } };
    facts = await DiscoveredFacts.open(dependencies, {
      discover,
      configured,
      namespace: "fairlead",
      refresh: 600_000,
    });
    return facts;
  }

  function kubernetesService(clusterIP: string): void {
    server.store.create("/api/v1/namespaces/default/services", {
      metadata: { name: "kubernetes" },
      spec: { clusterIP },
    });
  }

  function serviceCIDR(path: string, name: string, cidrs: readonly string[]): void {
    server.absent.delete(path);
    server.store.create(path, { metadata: { name }, spec: { cidrs } });
  }

  it.each([
    { name: "a plain version", version: "v1.33.2", minor: 33 },
    { name: "a vendor's version", version: "v1.30.14-eks-a1b2c3", minor: 30 },
    { name: "a version that cannot be read: the one told", version: "unknown", minor: 36 },
  ])("$name", async ({ version, minor }) => {
    server.version = version;
    expect((await open(["version"])).current()).toEqual({ ...CONFIGURED, version: { minor } });
  });

  it("an older version than the known ones as it is: it lacks fields whose defaults must not be patched in", async () => {
    server.version = "v1.20.15";
    expect((await open(["version"])).current().version).toEqual({ minor: 20 });
    expect(log.join()).not.toContain("judged by");
  });

  it("a newer version than the known ones, and what it is judged by", async () => {
    server.version = "v1.99.0";
    expect((await open(["version"])).current().version).toEqual({ minor: 99 });
    expect(log.join()).toContain("Kubernetes 1.99 is not among the known versions, 1.27 to 1.36: judged by 1.36");
  });

  it.each([
    { version: "v1.33.2", warns: false },
    { version: "v1.31.0", warns: true },
  ])("feature gates with the version $version; a warning if it does not let them be set: $warns", async (row) => {
    server.version = row.version;
    const featureGates = { StrictIPCIDRValidation: true };
    const configured = { ...CONFIGURED, version: { minor: 36, featureGates } };
    const { version } = (await open(["version"], configured)).current();
    expect(version.featureGates).toEqual(featureGates);
    const warning = "the feature gate StrictIPCIDRValidation cannot be set in 1.31, only from 1.33 on";
    expect(log.some((line) => line.includes(warning))).toBe(row.warns);
  });

  it("only what was asked for", async () => {
    server.version = "v1.33.2";
    serviceCIDR(NEW, "kubernetes", ["10.0.0.0/16"]);
    expect((await open(["serviceCIDRs"])).current().version).toEqual(CONFIGURED.version);
  });

  it.each([{ path: NEW }, { path: OLD }])("ServiceCIDR objects of $path, the server's own first", async ({ path }) => {
    serviceCIDR(path, "added", ["10.200.0.0/16"]);
    serviceCIDR(path, "kubernetes", ["10.96.0.0/16", "fd00:10:96::/112"]);
    const { profile } = (await open(["serviceCIDRs"])).current();
    expect(profile.serviceCIDRs).toEqual(["10.96.0.0/16", "fd00:10:96::/112", "10.200.0.0/16"]);
  });

  it.each([
    {
      name: "both ranges from the refusals",
      address: "10.96.0.1",
      answers: { IPv4: `${OUT_OF_RANGE} 10.96.0.0/16`, IPv6: `${OUT_OF_RANGE} fd00:10:96::/112` },
      want: ["10.96.0.0/16", "fd00:10:96::/112"],
    },
    {
      name: "the primary family by the kubernetes Service",
      address: "fd00:10:96::1",
      answers: { IPv4: `${OUT_OF_RANGE} 10.96.0.0/16`, IPv6: `${OUT_OF_RANGE} fd00:10:96::/112` },
      want: ["fd00:10:96::/112", "10.96.0.0/16"],
    },
    {
      name: "one family, where the other is refused",
      address: "10.96.0.1",
      answers: { IPv4: `${OUT_OF_RANGE} 10.96.0.0/16`, IPv6: NO_FAMILY },
      want: ["10.96.0.0/16"],
    },
    {
      name: "an old server that consents: the families, without bounds",
      address: "10.96.0.1",
      answers: { IPv6: NO_FAMILY },
      want: ["0.0.0.0/0"],
    },
  ])("without them, a dry run: $name", async ({ address, answers, want }) => {
    kubernetesService(address);
    server.rules.push(dryRun(answers));
    expect((await open(["serviceCIDRs"])).current().profile.serviceCIDRs).toEqual(want);
  });

  it("what was told, where nothing may be asked", async () => {
    kubernetesService("10.96.0.1");
    server.rules.push(({ path }) => (path.includes("service") ? new Refusal(403, "Forbidden", "no") : undefined));
    expect((await open(["serviceCIDRs"])).current()).toEqual(CONFIGURED);
  });

  describe("where no ranges were told", () => {
    const UNTOLD: ClusterState = { version: { minor: 36 }, profile: UNKNOWN_CLUSTER };

    it("they are unknown if nothing may be asked", async () => {
      server.rules.push(({ path }) => (path.includes("service") ? new Refusal(403, "Forbidden", "no") : undefined));
      expect((await open(["serviceCIDRs"], UNTOLD)).current()).toEqual(UNTOLD);
      expect(log.join()).toContain('"serviceCIDRs":"unknown"');
    });

    it("they are those of the cluster", async () => {
      serviceCIDR(NEW, "kubernetes", ["10.0.0.0/16"]);
      const { profile } = (await open(["serviceCIDRs"], UNTOLD)).current();
      expect(profile).toEqual({ serviceCIDRs: ["10.0.0.0/16"], nodePortRange: UNKNOWN_CLUSTER.nodePortRange });
    });
  });

  it("is looked up again, and counts on through an outage", async () => {
    serviceCIDR(NEW, "kubernetes", ["10.96.0.0/16"]);
    const opened = await open(["version", "serviceCIDRs"]);
    server.version = "v1.34.0";
    server.store.create(NEW, { metadata: { name: "more" }, spec: { cidrs: ["10.97.0.0/16"] } });
    clock.advance(600_000);
    await until(() => opened.current().profile.serviceCIDRs.length === 2);
    expect(opened.current().version).toEqual({ minor: 34 });

    server.rules.push(() => new Refusal(503, "ServiceUnavailable", "away"));
    clock.advance(600_000);
    await until(() => log.some((line) => line.includes("cannot be looked up")));
    expect(opened.current().profile.serviceCIDRs).toEqual(["10.96.0.0/16", "10.97.0.0/16"]);
  });
});
