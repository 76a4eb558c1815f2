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
import { Load, type Loaded, RATE } from "../load.ts";
import { CLI } from "#test/paths.ts";

const DAY = 24 * 3600 * 1000;
const HOST = "fairlead.fairlead.svc";
const MUTATING = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
const SECRETS = "/api/v1/namespaces/fairlead/secrets";
const REVIEW = readReviewFile("create-main-kubectl-create-np-mutating.json").review;
/** A second's worth, at the rate that is promised. */
const SECOND = RATE;
/** Connections that a caller keeps. */
const KEPT = 2;

/** One review, answered as it should be. @throws if it is not. */
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
    let roster: ReplicaRegistry;
    let server: TestServer;
    let agents: Agent[];

    beforeEach(async () => {
      api = await ApiServer.start();
      // Two months ago: once they have passed, the second certificate is one of today, which the TLS library checks.
      clock = new FakeClock(new Date(Date.now() - 61 * DAY).toISOString());
      api.store.create(SECRETS, { kind: "Secret", metadata: { name: "fairlead-tls" } });
      const webhooks = [{ name: "mutate.fairlead.dev", clientConfig: {} }];
      api.store.create(MUTATING, { kind: "MutatingWebhookConfiguration", metadata: { name: "fairlead" }, webhooks });
      const world = { api: connect(api.kubeconfig), clock, log: { info: () => undefined, warn: () => undefined } };
      roster = new ReplicaRegistry(world, {
        namespace: "fairlead",
        lease: "fairlead",
        replica: "a",
        heartbeat: 30_000,
      });
      await roster.publish();
      credentials = new SelfIssuedCredentials(world, roster, {
        secret: { namespace: "fairlead", name: "fairlead-tls" },
        registrations: [{ kind: "MutatingWebhookConfiguration", name: "fairlead" }],
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
      await roster.close();
      await api.stop();
    });

    function bundle(): string {
      const [entry] = objectsAt(api.store.get(MUTATING, "fairlead"), "webhooks");
      return Buffer.from(textAt(entry, "clientConfig", "caBundle") ?? "", "base64").toString();
    }

    function keeping(): Agent {
      const agent = new Agent({ keepAlive: true, maxSockets: KEPT });
      agents.push(agent);
      return agent;
    }

    /** Waits while time goes by: a second of the replica's at each look. */
    function goesBy(condition: () => boolean, what: string): Promise<void> {
      return until(() => {
        clock.advance(1_000);
        return condition();
      }, what);
    }

    /** `heard`: whether the callers hear of new CAs at all. */
    async function renew(heard: boolean): Promise<Loaded> {
      const first = bundle();
      let known = first;
      const [old, kept] = [keeping(), keeping()];
      const { port } = server.server;
      // All of its connections are there before the renewal: a later one it could not open.
      await Promise.all(Array.from({ length: KEPT }, () => review(port, old, first, HOST)));
      const load = new Load([
        // Trusts the first CA alone for ever: its connections must outlive the renewal.
        () => review(port, old, first, HOST),
        () => review(port, kept, known, HOST),
        () => review(port, false, known, HOST),
      ]);
      await load.more(SECOND / 2);
      const before = credentials.current()?.certificate;
      clock.advance(61 * DAY);
      await until(() => certificatesIn(bundle()).length === 2, "the trust in both CAs");
      if (heard) known = bundle();
      await load.more(SECOND / 2);
      // Settling takes longer than any call that began before the second CA was heard of.
      await load.answered();
      await goesBy(() => credentials.current()?.certificate !== before, "the second certificate");
      await goesBy(() => certificatesIn(bundle()).length === 1, "the end of the first CA");
      if (heard) known = bundle();
      await load.more(SECOND);
      return load.end();
    }

    it("loses none", async () => {
      const { sent, lost } = await renew(true);
      expect(lost).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(2 * SECOND);
    });

    it("would be noticed: who never hears of the second CA loses every new connection", async () => {
      const { lost } = await renew(false);
      expect(lost.length).toBeGreaterThan(SECOND / 4);
      expect(lost).toContainEqual(expect.stringMatching(/verify|self-signed|issuer/));
    });
  });

  describe("a SIGTERM to one of two servers", () => {
    let servers: Serving[];
    beforeEach(async () => {
      servers = await Promise.all([serving(), serving()]);
    });
    afterEach(async () => {
      await Promise.all(servers.map(end));
    });

    /**
     * Ends one of them under load, right before a call to it; new calls go, as those of a Service do, to whoever says
     * that it is ready.
     */
    async function endOne(signal: NodeJS.Signals): Promise<Loaded & { readonly code: number | null }> {
      const [leaving] = servers;
      if (leaving === undefined) throw new Error("no server");
      let turn = 0;
      const next = (): Serving => {
        const ready = servers.filter((one) => one.ready);
        return ready[turn++ % Math.max(1, ready.length)] ?? leaving;
      };
      let isDue = false;
      const call = (server: Serving, kept: boolean): Promise<void> => {
        if (isDue && server === leaving) isDue = !leaving.process.kill(signal);
        return review(server.port, kept ? server.agent : false, server.ca, "localhost");
      };
      const load = new Load([true, true, true, false].map((kept) => () => call(next(), kept)));
      await load.more(SECOND / 2);
      const ended = once(leaving.process, "exit");
      isDue = true;
      await ended;
      await load.more(SECOND);
      return { ...(await load.end()), code: leaving.process.exitCode };
    }

    it("loses none", async () => {
      const { sent, lost, code } = await endOne("SIGTERM");
      expect(lost).toEqual([]);
      expect(code).toBe(0);
      expect(sent).toBeGreaterThanOrEqual(2 * SECOND);
    });

    it("would be noticed: a SIGKILL loses some", async () => {
      expect((await endOne("SIGKILL")).lost.length).toBeGreaterThan(0);
    });
  });
});

interface Serving {
  readonly process: ChildProcess;
  readonly port: number;
  readonly ca: string;
  readonly agent: Agent;
  /** As it said when it was asked last. */
  ready: boolean;
  readonly asking: NodeJS.Timeout;
}

/** How often, in milliseconds, a server is asked whether it is ready: far more often than a kubelet does. */
const PROBE = 100;

/** The real command, as a process of its own. */
async function serving(): Promise<Serving> {
  const caFile = join(mkdtempSync(join(tmpdir(), "fairlead-")), "ca.crt");
  const cli = CLI;
  const args = [cli, "serve", "--port", "0", "--health-port", "0", "--ca-file", caFile, "--log-level", "error"];
  const child = killAfterTest(spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] }));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  await until(() => output.includes('"msg":"ready"'), "the ready line");
  const line: unknown = JSON.parse(output.split("\n").find((one) => one.includes('"msg":"ready"')) ?? "");
  const { port, healthPort }: JsonObject = isObject(line) ? line : {};
  const started: Serving = {
    process: child,
    port: Number(port),
    ca: readFileSync(caFile, "utf8"),
    agent: new Agent({ keepAlive: true }),
    ready: true,
    asking: setInterval(() => {
      fetch(`http://127.0.0.1:${String(healthPort)}/readyz`).then(
        ({ status }) => (started.ready = status === 200),
        () => (started.ready = false),
      );
    }, PROBE),
  };
  return started;
}

async function end({ process: child, agent, asking }: Serving): Promise<void> {
  clearInterval(asking);
  agent.destroy();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
