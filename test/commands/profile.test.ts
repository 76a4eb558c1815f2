import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { fairlead } from "../check/run-cli.ts";
import { Checkout } from "../check/checkout.ts";
import { ApiServer } from "../cluster/api-server.ts";
import { Refusal } from "../cluster/store.ts";

const CIDRS = "/apis/networking.k8s.io/v1/servicecidrs";
const OLD_CIDRS = "/apis/networking.k8s.io/v1beta1/servicecidrs";
const withAddress = (address: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { clusterIP: ${address}, ports: [{ port: 80 }] }\n`;

describe("fairlead profile", () => {
  let server: ApiServer;
  let checkout: Checkout;

  beforeEach(async () => {
    server = await ApiServer.start();
    checkout = new Checkout();
  });

  afterEach(async () => {
    checkout.remove();
    await server.stop();
  });

  const profile = (...args: readonly string[]): ReturnType<typeof fairlead> =>
    fairlead(["profile", "--kubeconfig", server.kubeconfig, ...args], { cwd: checkout.folder });

  it("writes what check takes, from ServiceCIDR objects", async () => {
    server.store.create(CIDRS, { metadata: { name: "kubernetes" }, spec: { cidrs: ["10.43.0.0/16"] } });
    expect(await profile("--output", "cluster.yaml")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await profile()).stdout).toBe(
      [
        "# Kubernetes 1.33: --kubernetes-version 1.33",
        "# From ServiceCIDR objects; the primary family is first.",
        "serviceCIDRs:",
        '  - "10.43.0.0/16"',
        "# No API tells this range: the default, unless kube-apiserver runs with --service-node-port-range.",
        "nodePortRange: 30000-32767",
        "",
      ].join("\n"),
    );
    checkout.write("in.yaml", withAddress("10.43.0.10"));
    checkout.write("out.yaml", withAddress("10.96.0.10"));
    expect((await checkout.check("--cluster-profile", "cluster.yaml", "in.yaml")).code).toBe(0);
    const refused = await checkout.check("--cluster-profile", "cluster.yaml", "out.yaml");
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining("10.43.0.0/16")]);
    expect(server.writes).toEqual([]);
  });

  it.each([
    {
      name: "a range that the refusal of a dry run names",
      answer: { IPv4: "The range of valid IPs is 10.96.0.0/12", IPv6: "not configured on this cluster" },
      want: ['  - "10.96.0.0/12"'],
    },
    {
      name: "a server that does not check dry runs: any address, told as such",
      answer: { IPv4: undefined, IPv6: "not configured on this cluster" },
      want: ["/0 stands for a range that is not known", '  - "0.0.0.0/0"'],
    },
  ])("without ServiceCIDR objects: $name", async ({ answer, want }) => {
    for (const path of [CIDRS, OLD_CIDRS]) server.absent.add(path);
    server.store.create("/api/v1/namespaces/default/services", {
      metadata: { name: "kubernetes" },
      spec: { clusterIP: "10.96.0.1" },
    });
    const answers: Readonly<Record<string, string | undefined>> = answer;
    server.rules.push(({ method, body }) => {
      const message = answers[String(valueAt(body, ["spec", "ipFamilies", 0]))];
      return method === "POST" && message !== undefined ? new Refusal(422, "Invalid", message) : undefined;
    });
    const { code, stdout } = await profile();
    expect(code).toBe(0);
    for (const text of want) expect(stdout).toContain(text);
    expect(stdout).not.toContain("::/0");
  });

  it.each([
    { name: "no policy", spec: {}, want: ["nodePortRange: 30000-32767", "externalIPPolicy: {}"], code: 1 },
    {
      name: "a policy, and a range of node ports",
      spec: {
        serviceNodePortRange: "30000-33000",
        externalIP: { policy: { allowedCIDRs: ["192.0.2.0/24"] }, autoAssignCIDRs: ["198.51.100.0/24"] },
      },
      want: [
        "# From the Network configuration of OpenShift.",
        "nodePortRange: 30000-33000",
        '  allowedCIDRs:\n    - "192.0.2.0/24"',
        '  autoAssignCIDRs:\n    - "198.51.100.0/24"',
      ],
      code: 0,
    },
  ])("an OpenShift cluster with $name", async ({ spec, want, code }) => {
    server.store.create(CIDRS, { metadata: { name: "kubernetes" }, spec: { cidrs: ["172.30.0.0/16"] } });
    server.store.create("/apis/config.openshift.io/v1/networks", { metadata: { name: "cluster" }, spec });
    const { stdout } = await profile();
    for (const text of want) expect(stdout).toContain(text);
    checkout.write("cluster.yaml", stdout);
    checkout.write("in.yaml", withAddress("172.30.0.10").replace("spec: {", "spec: { externalIPs: [192.0.2.1],"));
    expect((await checkout.check("--cluster-profile", "cluster.yaml", "in.yaml")).code).toBe(code);
  });

  it("an OpenShift cluster whose Network configuration may not be read", async () => {
    server.store.create(CIDRS, { metadata: { name: "kubernetes" }, spec: { cidrs: ["172.30.0.0/16"] } });
    server.rules.push(({ path }) => (path.includes("openshift") ? new Refusal(403, "Forbidden", "no") : undefined));
    const { code, stdout } = await profile();
    expect([code, stdout]).toEqual([0, expect.not.stringContaining("externalIPPolicy")]);
  });

  it.each([
    { name: "no permission", status: 403, reason: "Forbidden", says: "allow list of servicecidrs" },
    { name: "an unknown user", status: 401, reason: "Unauthorized", says: "does not accept the kubeconfig's user" },
  ])("$name", async ({ status, reason, says }) => {
    server.rules.push(() => new Refusal(status, reason, "no"));
    const { code, stdout, stderr } = await profile("--output", "cluster.yaml");
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(says)]);
    const unread = await checkout.check("--cluster-profile", "cluster.yaml", ".");
    expect(unread.stderr).toContain("is not a cluster profile");
  });

  it("no kubeconfig", async () => {
    const { code, stderr } = await fairlead(["profile", "--kubeconfig", "absent.yaml"], { cwd: checkout.folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining("absent.yaml: there is no such file")]);
  });

  it("a server that cannot be reached", async () => {
    checkout.write(
      "kubeconfig",
      JSON.stringify({
        "current-context": "c",
        contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
        clusters: [{ name: "c", cluster: { server: "http://127.0.0.1:1" } }],
        users: [{ name: "u", user: {} }],
      }),
    );
    const { code, stderr } = await fairlead(["profile", "--kubeconfig", "kubeconfig"], { cwd: checkout.folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining("the API server cannot be reached")]);
  });
});
