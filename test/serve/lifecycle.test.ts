import { execSync } from "node:child_process";
import { request as httpsRequest } from "node:https";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { checkedReply } from "../admission/response-schema.ts";
import { readReviewFile } from "../reviews/reviews.ts";
import { send, startTestServer, until } from "../webhook/harness.ts";
import { startServe } from "../webhook/serve-command.ts";
import { ROOT } from "../paths.ts";

const REVIEW = readReviewFile("create-main-kubectl-create-np-mutating.json").review;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function configFile(text: string): string {
  const file = join(mkdtempSync(join(folder, "config-")), "config.yaml");
  writeFileSync(file, text);
  return file;
}

describe("fairlead serve", () => {
  it("says ready first, serves with a certificate made on the spot, and ends with exit code 0", async () => {
    const caFile = join(folder, "ca.crt");
    const server = startServe([
      ...["--port", "0", "--health-port", "0", "--ca-file", caFile, "--drain", "0", "--log-unchanged", "all"],
    ]);
    await server.ready();
    const [ready] = server.lines();
    expect(ready).toMatchObject({ msg: "ready", port: expect.any(Number), pid: expect.any(Number) });
    const ca = readFileSync(caFile, "utf8");
    for (const host of ["127.0.0.1", "localhost"]) {
      const reply = await send(httpsRequest, REVIEW, {
        host,
        port: Number(ready?.["port"]),
        path: "/mutate",
        ca,
        agent: false,
        method: "POST",
        headers: { "Content-Type": "application/json" },
      });
      expect(checkedReply(JSON.parse(reply.text)).allowed).toBe(true);
    }
    server.stop();
    expect(await server.ended).toBe(0);
    const review = server.lines().find((line) => line["msg"] === "review");
    expect(review).toMatchObject({
      operation: "CREATE",
      decision: "patched",
      user: expect.any(String),
      service: expect.stringContaining("/"),
    });
    expect(JSON.stringify(server.lines())).not.toContain("managedFields");
  });

  it.each([
    { name: "an unknown setting", config: "prot: 8443\n", says: "1: prot is not a setting; did you mean port?" },
    {
      name: "an unknown setting within another",
      config: "tls:\n  certificat: x\n",
      says: "2: tls.certificat is not a setting; did you mean tls.certificate?",
    },
    {
      name: "one that is like no other",
      config: "log: { level: info, colour: red }\n",
      says: "1: log.colour is not a setting; known here: level, unchanged",
    },
    {
      name: "a key named __proto__",
      config: "__proto__: { port: 1 }\n",
      says: /1: __proto__ is not a setting; known here: host, port, /,
    },
    {
      name: "a value out of range",
      config: "log:\n  level: info\nport: 99999\n",
      says: "3: port must be 65535 or less, found 99999",
    },
    { name: "a number in quotes", config: 'port: "8443"\n', says: '1: port must be an integer, found "8443"' },
    {
      name: "an item of a list that is no range",
      config: "cluster:\n  serviceCIDRs:\n    - 10.0.0.0/8\n    - 10.1.0.0/99\n",
      says: '4: cluster.serviceCIDRs[1] must be an address range such as 10.96.0.0/16 or fd00:10:96::/112, found "10.1.0.0/99"',
    },
    {
      name: "a version that is none",
      config: "cluster: { version: latest }\n",
      says: '1: cluster.version must be written like "1.36", found "latest"',
    },
    {
      name: "a version of OpenShift that is not known",
      config: "cluster:\n  openshiftVersion: '4.13'\n",
      says: /^2: cluster\.openshiftVersion must be one of 4\.14, .*4\.22, found "4\.13"$/,
    },
    {
      name: "two versions",
      config: "cluster:\n  version: '1.30'\n  openshiftVersion: '4.16'\n",
      says: /^3: OpenShift 4\.16 is Kubernetes 1\.29, but cluster\.version is 1\.30 \(.*:2\): set one of them$/,
    },
    {
      name: "a feature gate with a slip",
      config: "cluster:\n  featureGates: [StrictIPCIDRValidaton=true]\n",
      says: /^2: cluster\.featureGates: "StrictIPCIDRValidaton" is not .*; did you mean "StrictIPCIDRValidation"\?/,
    },
    {
      name: "a feature gate that its version does not let be set",
      config: "cluster:\n  openshiftVersion: '4.17'\n  featureGates: [StrictIPCIDRValidation=true]\n",
      says: "3: cluster.featureGates: the feature gate StrictIPCIDRValidation cannot be set in 1.30, only from 1.33 on",
    },
    {
      name: "half a pair",
      config: "tls: { key: /tmp/tls.key }\n",
      says: "1: tls.key needs tls.certificate beside it",
    },
    { name: "no mapping", config: "- port\n", says: "1: must be a mapping of settings" },
    { name: "no YAML", config: "port: [\n", says: /\d+: not valid YAML: / },
  ])("refuses a configuration with $name, naming file and line", async ({ config, says }) => {
    const file = configFile(config);
    const server = startServe(["--config", file]);
    expect(await server.ended).toBe(2);
    const [first = ""] = server.errors().split("\n");
    expect(first.startsWith(`fairlead serve: ${file}:`)).toBe(true);
    const rest = first.slice(`fairlead serve: ${file}:`.length);
    if (typeof says === "string") expect(rest).toBe(says);
    else expect(rest).toMatch(says);
  });

  it("names every mistake at once, each under the place that it comes from", async () => {
    const server = startServe(["--config", configFile("validity: maybe\n"), "--log-level", "loud"], {
      env: { FAIRLEAD_PORT: "x" },
    });
    expect(await server.ended).toBe(2);
    expect(server.errors()).toMatch(/config\.yaml:1: validity must be one of deny, warn, found "maybe"/);
    expect(server.errors()).toMatch(/^fairlead serve: FAIRLEAD_PORT: port must be an integer, found "x"$/m);
    expect(server.errors()).toMatch(/^fairlead serve: --log-level: log\.level must be one of .*, found "loud"$/m);
  });

  it("says which port is taken, and how to choose another", async () => {
    const other = await startTestServer();
    try {
      const taken = String(other.server.port);
      const server = startServe(["--port", taken, "--health-port", "0"]);
      expect(await server.ended).toBe(2);
      expect(server.errors()).toBe(
        `fairlead serve: port ${taken} is taken: something listens there already; choose another with --port, or 0 for any that is free\n`,
      );
    } finally {
      await other.stop();
    }
  });

  it("takes a Ctrl-C that comes twice, from the terminal and from npm, for one", async () => {
    const server = startServe(["--port", "0", "--health-port", "0", "--drain", "0.2", "--demo"]);
    await until(() => server.output().includes("Ctrl-C ends it"), "what to try");
    const folder = dirname(/--cacert (\S+)/.exec(server.output())?.[1] ?? "");
    expect(existsSync(folder)).toBe(true);
    server.stop("SIGINT");
    server.stop("SIGINT");
    expect(await server.ended).toBe(0);
    expect(existsSync(folder)).toBe(false);
    expect(server.lines().at(-1)?.["msg"]).toBe("stopped");
  });

  it("ends in order also where nobody reads its log any more", async () => {
    const server = startServe(["--port", "0", "--health-port", "0", "--drain", "0"]);
    await server.ready();
    server.closeOutput();
    server.stop();
    expect(await server.ended).toBe(0);
  });

  it("prints curl lines that work as they are", async () => {
    const server = startServe(["--port", "0", "--health-port", "0", "--demo"]);
    await until(() => server.output().includes("Ctrl-C ends it"), "what to try");
    const lines = server.output().match(/^ {2}curl .*\\\n.*$/gm) ?? [];
    const replies = lines.map((line) => checkedReply(JSON.parse(execSync(line, { cwd: ROOT, encoding: "utf8" }))));
    expect(replies.map(({ allowed }) => allowed)).toEqual([true, false]);
    server.stop();
    expect(await server.ended).toBe(0);
  });

  it.each([
    { name: "the environment before the file", env: { FAIRLEAD_HEALTH_PORT: "0" }, args: [] },
    { name: "the flag before the environment", env: { FAIRLEAD_HEALTH_PORT: "1" }, args: ["--health-port", "0"] },
  ])("takes $name", async ({ env, args }) => {
    const file = configFile("healthPort: 2\nport: 0\nshutdown: { drainSeconds: 0 }\n");
    const server = startServe(["--config", file, ...args], { env });
    await server.ready();
    expect(server.lines()[0]?.["healthPort"]).toBeGreaterThan(1024);
    server.stop();
    expect(await server.ended).toBe(0);
  });
});

describe("health and shutdown", () => {
  it("is alive, ready, and counts its reviews", async () => {
    const server = await startTestServer();
    try {
      expect((await server.get("/healthz")).status).toBe(200);
      expect((await server.get("/readyz")).status).toBe(200);
      await server.post("/mutate", REVIEW);
      const { text } = await server.get("/metrics");
      expect(text).toMatch(/fairlead_reviews_total\{[^}]*phase="mutate"[^}]*\} 1/);
      expect(text).toMatch(/fairlead_review_duration_seconds_bucket/);
    } finally {
      await server.stop();
    }
  });

  it("shows what it counts on the health port alone, and answers probes on both", async () => {
    const server = await startTestServer();
    const webhook = (path: string) => server.post(path, undefined, { method: "GET" });
    expect((await server.get("/metrics")).status).toBe(200);
    expect(await webhook("/metrics")).toMatchObject({ status: 404, text: "nothing here: GET /metrics\n" });
    for (const path of ["/healthz", "/readyz"]) expect((await webhook(path)).status).toBe(200);
  });

  it("is not ready while a check says why", async () => {
    const server = await startTestServer({ readiness: [() => "the CA bundle does not trust it yet"] });
    try {
      const { status, text } = await server.get("/readyz");
      expect([status, text]).toEqual([503, expect.stringContaining("the CA bundle does not trust it yet")]);
      expect((await server.get("/healthz")).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
