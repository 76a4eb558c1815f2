import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { certificatesIn } from "#src/cluster/certificates/pem.ts";
import { SelfIssuedCredentials } from "#src/cluster/certificates/self-issued.ts";
import { ReplicaRegistry } from "#src/cluster/replicas/replica-registry.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { killAfterTest } from "#test/cleanup.ts";
import { ApiServer } from "#test/cluster/api-server.ts";
import { FakeClock } from "#test/cluster/fake-clock.ts";
import { PATIENCE } from "#test/patience.ts";
import { readReviewFile } from "#test/reviews/reviews.ts";
import { send, startTestServer, type TestServer, until } from "../harness.ts";
import { Load, type LoadResult, RATE } from "../load.ts";
import { CLI } from "#test/paths.ts";

const DAY = 24 * 3600 * 1000;
const HOST = "fairlead.fairlead.svc";
const MUTATING = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
const SECRETS = "/api/v1/namespaces/fairlead/secrets";
const REVIEW = readReviewFile("create-main-kubectl-create-np-mutating.json").review;
/** The number of calls in one second. */
const SECOND = RATE;
/** The number of keep-alive connections of an agent. */
const KEEP_ALIVE_CONNECTIONS = 2;

/** Sends a review. @throws if it is not allowed */
async function review(port: number, agent: Agent | false, ca: string, servername: string): Promise<void> {
  const reply = await send(request, REVIEW, {
    ...{
      host: "127.0.0.1",
      port,
      path: "/mutate?timeout=10s",
      method: "POST",
      agent,
      ca,
      servername,
      timeout: PATIENCE,
    },
    headers: { "Content-Type": "application/json" },
  });
  if (reply.status !== 200 || !reply.text.includes('"allowed":true')) throw new Error(`${reply.status}: ${reply.text}`);
}

describe(`at ${RATE} reviews a second, over new connections and kept ones`, () => {
  describe("a renewal of the certificate", () => {
    let api: ApiServer;
    let clock: FakeClock;
    let credentials: SelfIssuedCredentials;
    let registry: ReplicaRegistry;
    let server: TestServer;
    let agents: Agent[];

    beforeEach(async () => {
      api = await ApiServer.start();
      // Two months ago: after the renewal, the second certificate is valid today, which the TLS library checks.
      clock = new FakeClock(new Date(Date.now() - 61 * DAY).toISOString());
      api.store.create(SECRETS, { kind: "Secret", metadata: { name: "fairlead-tls" } });
      const webhooks = [{ name: "mutate.fairlead.dev", clientConfig: {} }];
      api.store.create(MUTATING, { kind: "MutatingWebhookConfiguration", metadata: { name: "fairlead" }, webhooks });
      const dependencies = {
        api: connect(api.kubeconfig),
        clock,
        log: { info: () => undefined, warn: () => undefined },
      };
      registry = new ReplicaRegistry(dependencies, {
        namespace: "fairlead",
        lease: "fairlead",
        replica: "a",
        heartbeat: 30_000,
      });
      await registry.publish();
      credentials = new SelfIssuedCredentials(dependencies, registry, {
        secret: { namespace: "fairlead", name: "fairlead-tls" },
        webhookConfigurations: [{ kind: "MutatingWebhookConfiguration", name: "fairlead" }],
        ...{ hosts: [HOST], life: 90 * DAY, renewAt: 2 / 3, settle: 10_000, resync: 60_000 },
      });
      server = await startTestServer({ credentials, readiness: [credentials.readiness] });
      credentials.start();
      agents = [];
      await until(() => credentials.readiness() === undefined, "the first certificate");
    });

    afterEach(async () => {
      for (const agent of agents) agent.destroy();
      await server.stop();
      await credentials.close();
      await registry.close();
      await api.stop();
    });

    function caBundle(): string {
      const [entry] = objectsAt(api.store.get(MUTATING, "fairlead"), "webhooks");
      return Buffer.from(textAt(entry, "clientConfig", "caBundle") ?? "", "base64").toString();
    }

    /** An agent with keep-alive connections. */
    function keepAliveAgent(): Agent {
      const agent = new Agent({ keepAlive: true, maxSockets: KEEP_ALIVE_CONNECTIONS });
      agents.push(agent);
      return agent;
    }

    /** Waits until the condition is true; every check advances the fake clock by a second. */
    function untilWithClock(condition: () => boolean, description: string): Promise<void> {
      return until(() => {
        clock.advance(1_000);
        return condition();
      }, description);
    }

    /** Renews the certificate under load. @param followsBundle whether the callers use the current CA bundle */
    async function renew(followsBundle: boolean): Promise<LoadResult> {
      const first = caBundle();
      let trusted = first;
      const [oldAgent, keptAgent] = [keepAliveAgent(), keepAliveAgent()];
      const { port } = server.server;
      // This agent opens all its connections before the renewal: later ones would fail.
      await Promise.all(Array.from({ length: KEEP_ALIVE_CONNECTIONS }, () => review(port, oldAgent, first, HOST)));
      const load = new Load([
        // Always trusts only the first CA: its connections must survive the renewal.
        () => review(port, oldAgent, first, HOST),
        () => review(port, keptAgent, trusted, HOST),
        () => review(port, false, trusted, HOST),
      ]);
      await load.more(SECOND / 2);
      const before = credentials.current()?.certificate;
      clock.advance(61 * DAY);
      await until(() => certificatesIn(caBundle()).length === 2, "the trust in both CAs");
      if (followsBundle) trusted = caBundle();
      await load.more(SECOND / 2);
      // The second certificate is used only after all calls that started before the bundle changed have ended.
      await load.answered();
      await untilWithClock(() => credentials.current()?.certificate !== before, "the second certificate");
      await untilWithClock(() => certificatesIn(caBundle()).length === 1, "the end of the first CA");
      if (followsBundle) trusted = caBundle();
      await load.more(SECOND);
      return load.end();
    }

    it("loses no call", async () => {
      const { sent, lost } = await renew(true);
      expect(lost).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(2 * SECOND);
    });

    it("cross-check: a client that never gets the second CA loses every new connection", async () => {
      const { lost } = await renew(false);
      expect(lost.length).toBeGreaterThan(SECOND / 4);
      expect(lost).toContainEqual(expect.stringMatching(/verify|self-signed|issuer/));
    });
  });

  describe("a SIGTERM to one of two servers", () => {
    let servers: ServerProcess[];
    beforeEach(async () => {
      servers = await Promise.all([startProcess(), startProcess()]);
    });
    afterEach(async () => {
      await Promise.all(servers.map(end));
    });

    /**
     * Ends one of the servers under load, right before a call to it. New calls go to ready servers only, as with a
     * Kubernetes Service.
     */
    async function endOne(signal: NodeJS.Signals): Promise<LoadResult & { readonly code: number | null }> {
      const [leaving] = servers;
      if (leaving === undefined) throw new Error("no server");
      let calls = 0;
      const nextServer = (): ServerProcess => {
        const ready = servers.filter((one) => one.ready);
        return ready[calls++ % Math.max(1, ready.length)] ?? leaving;
      };
      let isDue = false;
      const call = (server: ServerProcess, kept: boolean): Promise<void> => {
        if (isDue && server === leaving) isDue = !leaving.process.kill(signal);
        return review(server.port, kept ? server.agent : false, server.ca, "localhost");
      };
      const load = new Load([true, true, true, false].map((kept) => () => call(nextServer(), kept)));
      await load.more(SECOND / 2);
      const ended = once(leaving.process, "exit");
      isDue = true;
      await ended;
      await load.more(SECOND);
      return { ...(await load.end()), code: leaving.process.exitCode };
    }

    it("loses no call", async () => {
      const { sent, lost, code } = await endOne("SIGTERM");
      expect(lost).toEqual([]);
      expect(code).toBe(0);
      expect(sent).toBeGreaterThanOrEqual(2 * SECOND);
    });

    it("cross-check: a SIGKILL loses calls", async () => {
      expect((await endOne("SIGKILL")).lost.length).toBeGreaterThan(0);
    });
  });
});

interface ServerProcess {
  readonly process: ChildProcess;
  readonly port: number;
  readonly ca: string;
  readonly agent: Agent;
  /** Its readiness at the last probe. */
  ready: boolean;
  readonly probeTimer: NodeJS.Timeout;
}

/** The interval of readiness probes, in milliseconds: far shorter than a kubelet's. */
const PROBE_INTERVAL = 100;

/** Starts the real command as a process. */
async function startProcess(): Promise<ServerProcess> {
  const caFile = join(mkdtempSync(join(tmpdir(), "fairlead-")), "ca.crt");
  const cli = CLI;
  const args = [cli, "serve", "--port", "0", "--health-port", "0", "--ca-file", caFile, "--log-level", "error"];
  const child = killAfterTest(spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] }));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  await until(() => output.includes('"msg":"ready"'), "the ready line");
  const line: unknown = JSON.parse(output.split("\n").find((one) => one.includes('"msg":"ready"')) ?? "");
  const { port, healthPort }: JsonObject = isObject(line) ? line : {};
  const started: ServerProcess = {
    process: child,
    port: Number(port),
    ca: readFileSync(caFile, "utf8"),
    agent: new Agent({ keepAlive: true }),
    ready: true,
    probeTimer: setInterval(() => {
      fetch(`http://127.0.0.1:${String(healthPort)}/readyz`).then(
        ({ status }) => (started.ready = status === 200),
        () => (started.ready = false),
      );
    }, PROBE_INTERVAL),
  };
  return started;
}

async function end({ process: child, agent, probeTimer }: ServerProcess): Promise<void> {
  clearInterval(probeTimer);
  agent.destroy();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
