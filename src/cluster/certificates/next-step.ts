import type { X509Certificate } from "node:crypto";
import type { OtherReplicas } from "../replicas/index.ts";
import { inspectPair, problemsOf, type ValidPair } from "./inspect.ts";
import type { CertificateSpec, IssuedCertificate } from "./issued-certificate.ts";
import { bundleOf, certificatesIn, fingerprint, fingerprintOf } from "./pem.ts";
import type { StoredCertificate } from "./secret.ts";
import type { WebhookConfigurations, ConfiguredWebhook } from "./webhook-configurations.ts";

/** The state on which a replica decides what to do next. */
export interface RenewalState {
  readonly now: Date;
  /** What the Secret holds; undefined if it does not exist. */
  readonly stored: StoredCertificate | undefined;
  /** The certificate that this replica serves. */
  readonly serving: IssuedCertificate | undefined;
  readonly configurations: WebhookConfigurations;
  /** Since when, as this replica has seen it, every webhook trusts the stored CA; undefined if not every one does. */
  readonly trustedSince: Date | undefined;
  readonly otherReplicas: OtherReplicas;
}

/** The rules for issuing and renewing, from the configuration. */
export interface RenewalRules {
  readonly hosts: readonly string[];
  /** The validity of a certificate, in milliseconds. */
  readonly life: number;
  /** The fraction of its validity, between 0 and 1, after which a certificate is renewed. */
  readonly renewAt: number;
  /**
   * Milliseconds from the moment that a new CA is trusted to the first use of its certificate: the change must have
   * reached every API server.
   */
  readonly settle: number;
}

/** The next step. `why` is for the log. */
export type Step =
  | { readonly do: "issue"; readonly spec: CertificateSpec; readonly previous: string; readonly why: string }
  | { readonly do: "store"; readonly issued: IssuedCertificate; readonly previous: string; readonly why: string }
  | {
      readonly do: "trust";
      readonly webhooks: readonly ConfiguredWebhook[];
      readonly caBundle: string;
      readonly why: string;
    }
  | { readonly do: "serve"; readonly issued: IssuedCertificate; readonly why: string }
  | { readonly do: "rest"; readonly until: Date | undefined };

/** Because clocks differ, `notBefore` lies in the past by this fraction of the validity, but by 5 minutes at most. */
const BACKDATED = 0.1;
const BACKDATED_AT_MOST = 300_000;

/**
 * Decides what a replica does next. Every replica follows the same plan; the first one does the step and the others
 * find it done: the new pair is stored in the Secret (with the CAs that may still be in use), then both CAs are
 * trusted, then, after the time in which every API server learns of that, the new pair is served, and once every
 * replica serves it, the old CA is removed. Pure.
 */
export function nextStep(state: RenewalState, rules: RenewalRules): Step {
  const { stored, configurations, now } = state;
  if (stored === undefined && configurations.missing.length > 0) return { do: "rest", until: undefined };
  const assessment = assessStored(stored, rules, now);
  if (stored === undefined || assessment.valid === undefined || assessment.due <= now)
    return replacement(state, rules, assessment.why);
  return (
    trust(state, stored) ??
    serve(state, rules, stored) ??
    retire(state, stored) ?? { do: "rest", until: earliest(assessment.due, usableFrom(state, rules)) }
  );
}

/** When a certificate with this validity is due for renewal. */
export function renewalOf({ from, until }: Pick<ValidPair, "from" | "until">, renewAt: number): Date {
  return new Date(from.getTime() + (until.getTime() - from.getTime()) * renewAt);
}

type StoredState =
  | { readonly valid: ValidPair; readonly due: Date; readonly why: string }
  | { readonly valid: undefined; readonly why: string };

function assessStored(stored: StoredCertificate | undefined, rules: RenewalRules, now: Date): StoredState {
  if (stored === undefined) return { valid: undefined, why: "there is no Secret" };
  if (stored.issued.pair.certificate === "") return { valid: undefined, why: "the Secret holds no certificate" };
  const inspection = inspectPair(stored.issued.pair, { hosts: rules.hosts, trusted: stored.issued.ca, now });
  if ("problems" in inspection) return { valid: undefined, why: inspection.problems.join("; ") };
  const due = renewalOf(inspection.valid, rules.renewAt);
  return { valid: inspection.valid, due, why: `the certificate is due for renewal since ${due.toISOString()}` };
}

/** Stores the certificate that this replica serves if it is still good; otherwise issues a new one. */
function replacement(state: RenewalState, rules: RenewalRules, why: string): Step {
  const { stored, serving, now } = state;
  const others = stored === undefined ? undefined : validApartFromHosts(stored.issued, now);
  const previous = [
    ...certificatesIn(stored?.previous ?? ""),
    ...(others === undefined ? [] : certificatesIn(stored?.issued.ca ?? "")),
    ...certificatesIn(serving?.ca ?? ""),
  ];
  if (serving !== undefined && isFresh(serving, rules, now)) {
    const own = new Set(certificatesIn(serving.ca).map(fingerprint));
    const rest = previous.filter((ca) => !own.has(fingerprint(ca)));
    return { do: "store", issued: serving, previous: inUse(rest, now), why };
  }
  // Replicas of two releases may have different host names: each adds its own and removes none.
  const hosts = [...new Set([...rules.hosts, ...(others === undefined ? [] : namesIn(others.leaf))])];
  const early = Math.min(rules.life * BACKDATED, BACKDATED_AT_MOST);
  const spec = { hosts, from: new Date(now.getTime() - early), until: new Date(now.getTime() + rules.life) };
  return { do: "issue", spec, previous: inUse(previous, now), why };
}

function isFresh(issued: IssuedCertificate, rules: RenewalRules, now: Date): boolean {
  const inspection = inspectPair(issued.pair, { hosts: rules.hosts, trusted: issued.ca, now });
  return "valid" in inspection && renewalOf(inspection.valid, rules.renewAt) > now;
}

function validApartFromHosts(issued: IssuedCertificate, now: Date): ValidPair | undefined {
  const inspection = inspectPair(issued.pair, { hosts: [], trusted: issued.ca, now });
  return "valid" in inspection ? inspection.valid : undefined;
}

function namesIn(leaf: X509Certificate): string[] {
  return (leaf.subjectAltName ?? "").split(", ").flatMap((name) => {
    const [kind, value] = [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)];
    return kind === "DNS" || kind === "IP Address" ? [value] : [];
  });
}

/** Every webhook must trust the stored CA and the CAs that some replica still serves under, and no other. */
function trust(state: RenewalState, stored: StoredCertificate): Step | undefined {
  const { configurations } = state;
  const [first, ...others] = configurations.webhooks
    .map((webhook) => ({ webhook, caBundle: caBundleFor(webhook, state, stored) }))
    .filter(({ webhook, caBundle }) => !sameCertificates(webhook.caBundle, caBundle));
  if (first === undefined) return undefined;
  const alike = others.filter(({ caBundle }) => sameCertificates(caBundle, first.caBundle));
  const webhooks = [first, ...alike].map(({ webhook }) => webhook);
  return { do: "trust", webhooks, caBundle: first.caBundle, why: "the caBundle is not what it should be" };
}

/**
 * What this replica knows of the others may be out of date. So a CA that another replica serves under is kept where it
 * is, but not added where it is missing: that is left to the other replica, because two replicas that both wrote what
 * they knew would undo each other's changes. While the other replicas are not known, no CA that may be in use is
 * removed.
 */
function caBundleFor(
  webhook: ConfiguredWebhook,
  { serving, otherReplicas, now }: RenewalState,
  stored: StoredCertificate,
): string {
  const wanted = certificatesIn(stored.issued.ca + stored.previous + (otherReplicas.known ? (serving?.ca ?? "") : ""));
  const served = new Set([...otherReplicas.alive.values()].map(({ ca }) => ca));
  const kept = certificatesIn(webhook.caBundle).filter((ca) => !otherReplicas.known || served.has(fingerprint(ca)));
  return inUse([...wanted, ...kept], now);
}

/** Serves the stored pair once it is trusted, and not before, unless what is served now cannot be used. */
function serve(state: RenewalState, rules: RenewalRules, stored: StoredCertificate): Step | undefined {
  const { serving, now, configurations } = state;
  const issued = stored.issued;
  if (serving !== undefined && samePair(serving, issued)) return undefined;
  if (serving === undefined) return { do: "serve", issued, why: "the first certificate" };
  const usable = configurations.webhooks.every((webhook) => isCallable(serving, rules, webhook.caBundle, now));
  if (!usable) return { do: "serve", issued, why: "the one in use is of no use" };
  const since = usableFrom(state, rules);
  return since !== undefined && since <= now ? { do: "serve", issued, why: "its CA is trusted" } : undefined;
}

function isCallable({ pair }: IssuedCertificate, { hosts }: RenewalRules, trusted: string, now: Date): boolean {
  return problemsOf(inspectPair(pair, { hosts, trusted, now })).length === 0;
}

/**
 * When the stored pair may be served: a while after its CA is trusted. Undefined if it is served already, or is not
 * trusted.
 */
function usableFrom({ stored, serving, trustedSince }: RenewalState, rules: RenewalRules): Date | undefined {
  if (stored === undefined || trustedSince === undefined) return undefined;
  if (serving !== undefined && samePair(serving, stored.issued)) return undefined;
  return new Date(trustedSince.getTime() + rules.settle);
}

/** Once every replica serves the stored pair, the previous CAs are removed. */
function retire({ serving, otherReplicas }: RenewalState, stored: StoredCertificate): Step | undefined {
  if (stored.previous === "" || !otherReplicas.known) return undefined;
  if (serving === undefined || !samePair(serving, stored.issued)) return undefined;
  const current = fingerprintOf(stored.issued.pair.certificate);
  const waiting = [...otherReplicas.alive.values()].some(
    ({ certificate }) => certificate !== "" && certificate !== current,
  );
  if (waiting) return undefined;
  return { do: "store", issued: stored.issued, previous: "", why: "every replica serves the new certificate" };
}

function samePair(one: IssuedCertificate, other: IssuedCertificate): boolean {
  return one.pair.certificate === other.pair.certificate && one.pair.key === other.pair.key;
}

/** The certificates that have not expired, as one bundle. */
function inUse(certificates: readonly X509Certificate[], now: Date): string {
  return bundleOf(certificates.filter(({ validTo }) => Date.parse(validTo) > now.getTime()));
}

function sameCertificates(one: string, other: string): boolean {
  const [left, right] = [one, other].map((pem) => certificatesIn(pem).map(fingerprint).sort().join());
  return left === right;
}

function earliest(...dates: (Date | undefined)[]): Date | undefined {
  return dates.filter((date) => date !== undefined).sort((one, other) => one.getTime() - other.getTime())[0];
}
