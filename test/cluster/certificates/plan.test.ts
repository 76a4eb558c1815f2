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

function registered(mutating: string, validating = mutating): WebhookConfigurations {
  const entries = [
    { registration: MUTATING, name: "mutate.fairlead.dev", bundle: mutating },
    { registration: VALIDATING, name: "deny.fairlead.dev", bundle: validating },
  ];
  return { entries, missing: [], versions: new Map() };
}

function stored(material: IssuedCertificate, previous = ""): StoredCertificate {
  return { material, previous, object: {} };
}

function peers(...serving: readonly IssuedCertificate[]): OtherReplicas {
  const entry = ({ ca, pair }: IssuedCertificate) => ({
    ca: fingerprintOf(ca) ?? "",
    certificate: fingerprintOf(pair.certificate) ?? "",
  });
  return { known: true, others: new Map(serving.map((material, index) => [`other-${index}`, entry(material)])) };
}

const UNKNOWN: OtherReplicas = { known: false, others: new Map() };

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
      registered: registered(old.ca),
      trustedSince: at(-20),
      peers: peers(old),
    };
  });

  const next = (situation: Partial<RenewalState>, rules: Partial<RenewalRules> = {}) =>
    nextStep({ ...base, ...situation }, { ...RULES, ...rules });

  it("rests until the renewal, where all is well", () => {
    expect(next({})).toEqual({ do: "rest", until: at(30) });
  });

  it.each([
    { name: "at the first moment after two thirds of the life", now: at(30) },
    { name: "when it has expired", now: at(61) },
  ])("makes a new certificate $name", ({ now }) => {
    expect(next({ now })).toMatchObject({ do: "issue", order: { hosts: RULES.hosts } });
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
    expect(next({ stored: spoilt })).toMatchObject({ do: "store", material: old, previous: "" });
  });

  it("makes no Secret where nobody is registered: that is an uninstallation", () => {
    const missing = {
      entries: [],
      missing: ["MutatingWebhookConfiguration fairlead does not exist"],
      versions: new Map<string, string>(),
    };
    expect(next({ stored: undefined, registered: missing })).toEqual({ do: "rest", until: undefined });
  });

  it("adds its own names to those that a replica of another release asked for", () => {
    const step = next({ serving: undefined }, { hosts: ["fairlead.new.svc"] });
    expect(step).toMatchObject({ do: "issue", order: { hosts: ["fairlead.new.svc", "fairlead.fairlead.svc"] } });
  });

  it.each([
    { name: "an entry without a CA", bundle: () => "" },
    { name: "an entry with another CA", bundle: () => young.ca },
  ])("has the CA trusted for $name", ({ bundle }) => {
    const step = next({ registered: registered(old.ca, bundle()) });
    expect(step).toMatchObject({ do: "trust", entries: [{ name: "deny.fairlead.dev" }] });
    expect(fingerprintOf("bundle" in step ? step.bundle : "")).toBe(fingerprintOf(old.ca));
  });

  it("trusts both CAs before it serves the new certificate", () => {
    expect(next({ stored: stored(young, old.ca) })).toMatchObject({
      do: "trust",
      bundle: expect.stringContaining(old.ca),
    });
  });

  it("waits, once both are trusted, until every API server has heard", () => {
    const situation = { stored: stored(young, old.ca), registered: registered(young.ca + old.ca), trustedSince: NOW };
    expect(next(situation)).toEqual({ do: "rest", until: new Date(NOW.getTime() + RULES.settle) });
    expect(next({ ...situation, now: new Date(NOW.getTime() + RULES.settle) })).toMatchObject({
      do: "serve",
      material: young,
    });
  });

  it("lets the old CA go only when every other replica serves the new certificate", () => {
    const situation = { stored: stored(young, old.ca), serving: young, registered: registered(young.ca + old.ca) };
    expect(next({ ...situation, peers: peers(young, old) }).do).toBe("rest");
    expect(next({ ...situation, peers: UNKNOWN }).do).toBe("rest");
    expect(next({ ...situation, peers: peers(young, young) })).toMatchObject({
      do: "store",
      material: young,
      previous: "",
    });
  });

  it("does not add a CA because of what it heard of others, which may be old", () => {
    const situation = { stored: stored(young), serving: young, peers: peers(old) };
    // Another replica is just taking the old CA away, entry by entry.
    expect(next({ ...situation, registered: registered(young.ca, young.ca + old.ca) }).do).toBe("rest");
    expect(next({ ...situation, registered: registered(young.ca) }).do).toBe("rest");
  });

  it("leaves a CA that another replica serves under where it is", () => {
    const situation = { stored: stored(young), serving: young, registered: registered(young.ca + old.ca) };
    expect(next({ ...situation, peers: peers(old) }).do).toBe("rest");
    expect(next({ ...situation, peers: UNKNOWN }).do).toBe("rest");
    expect(next({ ...situation, peers: peers(young) }).do).toBe("trust");
  });
});
