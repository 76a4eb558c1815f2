import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { issue } from "#src/cluster/certificates/issue.ts";
import type { IssuedCertificate } from "#src/cluster/certificates/issued-certificate.ts";
import { TrustCheck } from "#src/cluster/certificates/trust-check.ts";
import { fixedCredentials } from "#src/sources/credentials.ts";
import { ApiServer } from "../api-server.ts";
import { base64 } from "../damage.ts";
import { FakeClock } from "../fake-clock.ts";
import { until } from "../poll.ts";
import { Refusal } from "../store.ts";

const HOST = "fairlead.fairlead.svc";
const HOUR = 3_600_000;
const MUTATING = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";

describe("a certificate that somebody else made, held against what the registration trusts", () => {
  let api: ApiServer;
  let clock: FakeClock;
  let check: TrustCheck | undefined;

  beforeEach(async () => {
    api = await ApiServer.start();
    clock = new FakeClock();
  });
  afterEach(async () => {
    await check?.close();
    await api.stop();
  });

  function made(hosts: readonly string[], hours = 100): Promise<IssuedCertificate> {
    const now = clock.now().getTime();
    return issue({ hosts, from: new Date(now - HOUR), until: new Date(now + hours * HOUR) });
  }

  function register(caBundle: string): void {
    const webhooks = [{ name: "mutate.fairlead.dev", clientConfig: { caBundle: base64(caBundle) } }];
    if (api.store.find(MUTATING, "fairlead") === undefined)
      api.store.create(MUTATING, { metadata: { name: "fairlead" }, webhooks });
    else api.store.replace(MUTATING, "fairlead", { metadata: { name: "fairlead" }, webhooks });
  }

  function start({ pair }: IssuedCertificate): TrustCheck {
    const dependencies = { api: connect(api.kubeconfig), clock, log: { info: () => undefined, warn: () => undefined } };
    const webhookConfigurations = [{ kind: "MutatingWebhookConfiguration", name: "fairlead" }] as const;
    check = new TrustCheck(dependencies, fixedCredentials(pair), {
      webhookConfigurations,
      hosts: [HOST],
      resync: 60_000,
    });
    check.start();
    return check;
  }

  it.each([
    {
      name: "for another name",
      pair: () => made(["other.example.com"]),
      ca: ({ ca }: IssuedCertificate) => ca,
      says: /for mutate\.fairlead\.dev: .*is not for fairlead\.fairlead\.svc: .*DNS:other\.example\.com$/,
    },
    {
      name: "of another authority than the one that is trusted",
      pair: () => made([HOST]),
      ca: (_: IssuedCertificate, stranger: IssuedCertificate) => stranger.ca,
      says: /leads to none of the CAs that are trusted: CN=fairlead-ca-/,
    },
    {
      name: "that nobody is told to trust",
      pair: () => made([HOST]),
      ca: () => "",
      says: /leads to none of the CAs that are trusted: no certificate at all/,
    },
    {
      name: "that has expired",
      pair: () => made([HOST], -0.5),
      ca: ({ ca }: IssuedCertificate) => ca,
      says: /has expired at/,
    },
  ])("not ready with one $name, in words", async ({ pair, ca, says }) => {
    const [issued, stranger] = await Promise.all([pair(), made([HOST])]);
    register(ca(issued, stranger));
    const started = start(issued);
    await until(() => started.readiness()?.startsWith("the registration has not been read yet") === false);
    expect(started.readiness()).toMatch(says);
  });

  it("ready as soon as the registration trusts it, and shows when its authority ends", async () => {
    const issued = await made([HOST]);
    const started = start(issued);
    await until(() => started.readiness()?.includes("does not exist") === true);
    expect(started.caExpiry()).toBeUndefined();
    register(issued.ca);
    await until(() => started.readiness() === undefined);
    expect(started.caExpiry()?.getTime()).toBeCloseTo(clock.now().getTime() + 100 * HOUR, -4);
  });

  it("not ready any more when that is taken back, and through an outage what was seen last counts", async () => {
    const issued = await made([HOST]);
    register(issued.ca);
    const started = start(issued);
    await until(() => started.readiness() === undefined);
    register("");
    await until(() => started.readiness() !== undefined);
    register(issued.ca);
    await until(() => started.readiness() === undefined);
    api.rules.push(() => new Refusal(503, "ServiceUnavailable", "away"));
    clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(started.readiness()).toBeUndefined();
  });
});
