import { beforeAll, describe, expect, it } from "@jest/globals";
import { issue } from "#src/cluster/certificates/issue.ts";
import type { IssuedCertificate } from "#src/cluster/certificates/issued-certificate.ts";
import { nextStep, type RenewalRules, type RenewalState } from "#src/cluster/certificates/next-step.ts";
import { fingerprintOf } from "#src/cluster/certificates/pem.ts";
import type { StoredCertificate } from "#src/cluster/certificates/secret.ts";
import type {
  WebhookConfigurationName,
  WebhookConfigurations,
} from "#src/cluster/certificates/webhook-configurations.ts";
import type { OtherReplicas } from "#src/cluster/replicas/replica-registry.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);
const RULES: RenewalRules = { hosts: ["fairlead.fairlead.svc"], life: 90 * HOUR, renewAt: 2 / 3, settle: 10_000 };
const MUTATING: WebhookConfigurationName = { kind: "MutatingWebhookConfiguration", name: "fairlead" };
const VALIDATING: WebhookConfigurationName = { kind: "ValidatingWebhookConfiguration", name: "fairlead" };

function configurationsTrusting(mutating: string, validating = mutating): WebhookConfigurations {
  const webhooks = [
    { configuration: MUTATING, name: "mutate.fairlead.dev", caBundle: mutating },
    { configuration: VALIDATING, name: "deny.fairlead.dev", caBundle: validating },
  ];
  return { webhooks, missing: [], versions: new Map() };
}

function stored(issued: IssuedCertificate, previous = ""): StoredCertificate {
  return { issued, previous, object: {} };
}

function replicasServing(...serving: readonly IssuedCertificate[]): OtherReplicas {
  const servedBy = ({ ca, pair }: IssuedCertificate) => ({
    ca: fingerprintOf(ca) ?? "",
    certificate: fingerprintOf(pair.certificate) ?? "",
  });
  return { known: true, alive: new Map(serving.map((issued, index) => [`other-${index}`, servedBy(issued)])) };
}

const UNKNOWN: OtherReplicas = { known: false, alive: new Map() };

describe("what a replica does next", () => {
  let old: IssuedCertificate;
  let young: IssuedCertificate;
  let base: RenewalState;

  beforeAll(async () => {
    old = await issue({ hosts: RULES.hosts, from: at(-30), until: at(60) });
    young = await issue({ hosts: RULES.hosts, from: at(-1), until: at(89) });
    base = {
      now: NOW,
      stored: stored(old),
      serving: old,
      configurations: configurationsTrusting(old.ca),
      trustedSince: at(-20),
      otherReplicas: replicasServing(old),
    };
  });

  const next = (state: Partial<RenewalState>, rules: Partial<RenewalRules> = {}) =>
    nextStep({ ...base, ...state }, { ...RULES, ...rules });

  it("rests until the renewal, where all is well", () => {
    expect(next({})).toEqual({ do: "rest", until: at(30) });
  });

  it.each([
    { name: "at the first moment after two thirds of the life", now: at(30) },
    { name: "when it has expired", now: at(61) },
  ])("makes a new certificate $name", ({ now }) => {
    expect(next({ now })).toMatchObject({ do: "issue", spec: { hosts: RULES.hosts } });
  });

  it("keeps the CA in use beside the new one", () => {
    expect(next({ now: at(30) })).toMatchObject({ do: "issue", previous: old.ca });
  });

  it("lets go of a CA that has expired", () => {
    expect(next({ now: at(61) })).toMatchObject({ do: "issue", previous: "" });
  });

  it.each([
    { name: "a part of the life", rules: { renewAt: 0.5 }, until: at(15) },
    { name: "another part", rules: { renewAt: 0.9 }, until: at(51) },
  ])("renews after $name, as the settings say", ({ rules, until }) => {
    const step = next({}, rules);
    expect(step.do).toBe("rest");
    expect(step).toHaveProperty("until", until);
  });

  it("puts back what it serves, where the Secret was spoilt", () => {
    const spoilt = stored({ ca: old.ca, pair: { certificate: old.pair.certificate, key: "" } });
    expect(next({ stored: spoilt })).toMatchObject({ do: "store", issued: old, previous: "" });
  });

  it("makes no Secret where nobody is configurations: that is an uninstallation", () => {
    const missing = {
      webhooks: [],
      missing: ["MutatingWebhookConfiguration fairlead does not exist"],
      versions: new Map<string, string>(),
    };
    expect(next({ stored: undefined, configurations: missing })).toEqual({ do: "rest", until: undefined });
  });

  it("adds its own names to those that a replica of another release asked for", () => {
    const step = next({ serving: undefined }, { hosts: ["fairlead.new.svc"] });
    expect(step).toMatchObject({ do: "issue", spec: { hosts: ["fairlead.new.svc", "fairlead.fairlead.svc"] } });
  });

  it.each([
    { name: "an entry without a CA", bundle: () => "" },
    { name: "an entry with another CA", bundle: () => young.ca },
  ])("has the CA trusted for $name", ({ bundle }) => {
    const step = next({ configurations: configurationsTrusting(old.ca, bundle()) });
    expect(step).toMatchObject({ do: "trust", webhooks: [{ name: "deny.fairlead.dev" }] });
    expect(fingerprintOf("caBundle" in step ? step.caBundle : "")).toBe(fingerprintOf(old.ca));
  });

  it("trusts both CAs before it serves the new certificate", () => {
    expect(next({ stored: stored(young, old.ca) })).toMatchObject({
      do: "trust",
      caBundle: expect.stringContaining(old.ca),
    });
  });

  it("waits, once both are trusted, until every API server has heard", () => {
    const state = {
      stored: stored(young, old.ca),
      configurations: configurationsTrusting(young.ca + old.ca),
      trustedSince: NOW,
    };
    expect(next(state)).toEqual({ do: "rest", until: new Date(NOW.getTime() + RULES.settle) });
    expect(next({ ...state, now: new Date(NOW.getTime() + RULES.settle) })).toMatchObject({
      do: "serve",
      issued: young,
    });
  });

  it("lets the old CA go only when every other replica serves the new certificate", () => {
    const state = {
      stored: stored(young, old.ca),
      serving: young,
      configurations: configurationsTrusting(young.ca + old.ca),
    };
    expect(next({ ...state, otherReplicas: replicasServing(young, old) }).do).toBe("rest");
    expect(next({ ...state, otherReplicas: UNKNOWN }).do).toBe("rest");
    expect(next({ ...state, otherReplicas: replicasServing(young, young) })).toMatchObject({
      do: "store",
      issued: young,
      previous: "",
    });
  });

  it("does not add a CA because of what it heard of others, which may be old", () => {
    const state = { stored: stored(young), serving: young, otherReplicas: replicasServing(old) };
    // Another replica is removing the old CA, webhook by webhook.
    expect(next({ ...state, configurations: configurationsTrusting(young.ca, young.ca + old.ca) }).do).toBe("rest");
    expect(next({ ...state, configurations: configurationsTrusting(young.ca) }).do).toBe("rest");
  });

  it("leaves a CA that another replica serves under where it is", () => {
    const state = { stored: stored(young), serving: young, configurations: configurationsTrusting(young.ca + old.ca) };
    expect(next({ ...state, otherReplicas: replicasServing(old) }).do).toBe("rest");
    expect(next({ ...state, otherReplicas: UNKNOWN }).do).toBe("rest");
    expect(next({ ...state, otherReplicas: replicasServing(young) }).do).toBe("trust");
  });
});
