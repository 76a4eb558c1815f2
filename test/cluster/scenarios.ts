/**
 * The scenarios for self-issued certificates, as data: the suite beside this file runs them against a small API server
 * with an injected clock, the end-to-end suite against a real one.
 */

/** The ways in which the Secret is damaged. */
export type Damage = "key" | "certificate" | "chain" | "ca" | "everything" | "an older copy";

/** The conditions that a scenario checks. */
export type Condition =
  /** Every running replica is ready, and every webhook trusts what it serves. */
  | "trusted"
  /** No running replica is ready. */
  | "not ready"
  /** Every running replica serves what the Secret holds. */
  | "agreed"
  /** Every running replica serves another certificate than at the last `remember`. */
  | "renewed"
  /** Every running replica serves the same certificate as at the last `remember`. */
  | "unchanged"
  /** The Secret names no previous CA, and each caBundle holds only the Secret's CA. */
  | "one CA"
  /** Each caBundle holds two CAs. */
  | "two CAs"
  /** One running replica serves the same certificate as at the last `remember`, the others the one in the Secret. */
  | "one behind"
  /** While the registry still has a replica that is dead, no caBundle has lost an old CA. */
  | "held"
  /** The Secret holds a valid pair. */
  | "stored";

export type Replica = "a" | "b" | "c";

export type Step =
  | { readonly start: readonly Replica[] }
  /** In order, as on SIGTERM: the replica leaves the registry. */
  | { readonly stop: readonly Replica[] }
  /** As on SIGKILL: the replica stays in the registry. */
  | { readonly kill: readonly Replica[] }
  /** From now on the replica dies at its next write of a caBundle. */
  | { readonly doom: Replica }
  /** From now on the replica sends heartbeats but cannot read the Secret, so it stays behind. */
  | { readonly blind: Replica }
  /** Waits until all of these hold at once; in every observation up to then the conditions in `meanwhile` must hold. */
  | { readonly until: readonly Condition[]; readonly meanwhile?: readonly Condition[] }
  /** All of these hold in a dozen observations in a row. */
  | { readonly keeps: readonly Condition[] }
  | { readonly remember: "certificates" }
  /** Constant calls like those of the API server; at the end every one must have been answered. */
  | { readonly traffic: "on" | "off" }
  /** Time passes. */
  | { readonly pass: "until renewal" | "until expiry" | "until the silent are gone" }
  | { readonly damage: Damage }
  | { readonly secret: "delete" | "keep a copy" }
  | { readonly registration: "create" | "delete" | "wipe the caBundle" | "trust a stranger too" }
  | { readonly api: "away" | "back" };

export interface Scenario {
  readonly name: string;
  /** Whether the webhook configurations exist at the start (default: true). */
  readonly registered?: false;
  readonly steps: readonly Step[];
}

const ALL = ["a", "b", "c"] as const;
const SETTLED = ["trusted", "agreed", "one CA", "stored"] as const;

/** Three running replicas under constant calls. */
const AT_WORK: readonly Step[] = [{ start: ALL }, { until: SETTLED }, { remember: "certificates" }, { traffic: "on" }];
const UNHARMED: readonly Step[] = [{ traffic: "off" }];
const RENEWED: readonly Step[] = [{ until: ["renewed", ...SETTLED] }];
const AS_BEFORE: readonly Step[] = [{ until: SETTLED }, { keeps: ["unchanged"] }];

export const SCENARIOS: readonly Scenario[] = [
  { name: "the first start makes a certificate and has it trusted", steps: [{ start: ["a"] }, { until: SETTLED }] },
  {
    name: "three replicas started at once agree on one certificate",
    steps: [{ start: ALL }, { until: SETTLED }, { keeps: SETTLED }],
  },
  {
    name: "a server that nobody registered is not ready until somebody does",
    registered: false,
    steps: [{ start: ["a"] }, { keeps: ["not ready"] }, { registration: "create" }, { until: SETTLED }],
  },
  {
    name: "a restart changes nothing",
    steps: [...AT_WORK.slice(0, 3), { stop: ALL }, { start: ALL }, ...AS_BEFORE],
  },
  {
    name: "a renewal under way loses no call, and the old CA goes when every replica serves the new certificate",
    steps: [...AT_WORK, { pass: "until renewal" }, { until: ["two CAs"] }, ...RENEWED, ...UNHARMED],
  },
  {
    name: "two renewals in a row lose no call",
    steps: [
      ...AT_WORK,
      { pass: "until renewal" },
      ...RENEWED,
      { remember: "certificates" },
      { pass: "until renewal" },
      ...RENEWED,
      ...UNHARMED,
    ],
  },
  ...(["key", "certificate", "chain", "ca", "everything"] as const).map((damage) => ({
    name: `a Secret whose ${damage} was spoilt by hand is put right, and no call notices`,
    steps: [...AT_WORK, { damage }, ...AS_BEFORE, ...UNHARMED],
  })),
  {
    name: "a Secret spoilt while nobody was running is made anew",
    steps: [...AT_WORK.slice(0, 3), { stop: ALL }, { damage: "key" }, { start: ALL }, ...RENEWED],
  },
  {
    name: "a Secret put back from an older copy is taken up without a lost call",
    steps: [
      { start: ALL },
      { until: SETTLED },
      { secret: "keep a copy" },
      { stop: ALL },
      { damage: "everything" },
      { start: ALL },
      { until: SETTLED },
      { remember: "certificates" },
      { traffic: "on" },
      { damage: "an older copy" },
      ...RENEWED,
      ...UNHARMED,
    ],
  },
  {
    name: "a Secret that was deleted comes back with what is served",
    steps: [...AT_WORK, { secret: "delete" }, ...AS_BEFORE, ...UNHARMED],
  },
  {
    name: "a Secret deleted together with the registration stays away: this is an uninstallation",
    steps: [
      { start: ["a"] },
      { until: SETTLED },
      { registration: "delete" },
      { until: ["not ready"] },
      { secret: "delete" },
      { keeps: ["not ready"] },
      { registration: "create" },
      { until: SETTLED },
    ],
  },
  {
    name: "a caBundle wiped by somebody is written again",
    steps: [...AT_WORK.slice(0, 3), { registration: "wipe the caBundle" }, ...AS_BEFORE],
  },
  {
    name: "a caBundle wiped while two CAs are in use gets both back",
    steps: [
      ...AT_WORK.slice(0, 3),
      { pass: "until renewal" },
      { until: ["two CAs"] },
      { registration: "wipe the caBundle" },
      { until: ["trusted"] },
      ...RENEWED,
    ],
  },
  {
    name: "a CA that nobody serves under is taken out of the caBundle",
    steps: [...AT_WORK, { registration: "trust a stranger too" }, ...AS_BEFORE, ...UNHARMED],
  },
  {
    name: "a replica killed between Secret and caBundle is made up for by the others",
    steps: [
      { start: ["a"] },
      { until: SETTLED },
      { remember: "certificates" },
      { doom: "a" },
      { pass: "until renewal" },
      { start: ["b", "c"] },
      { until: ["renewed", "trusted", "agreed"] },
      { pass: "until the silent are gone" },
      { until: SETTLED },
    ],
  },
  {
    name: "a replica killed at its first start between Secret and caBundle finishes when it comes back",
    steps: [{ doom: "a" }, { start: ["a"] }, { until: ["stored"] }, { start: ["a"] }, { until: SETTLED }],
  },
  {
    name: "a replica killed without a goodbye holds the old CA only until it counts as gone",
    steps: [
      ...AT_WORK,
      { blind: "c" },
      { pass: "until renewal" },
      { until: ["one behind", "trusted", "two CAs"] },
      { kill: ["c"] },
      { until: ["renewed", "trusted", "agreed", "one CA"], meanwhile: ["held"] },
      ...UNHARMED,
    ],
  },
  {
    name: "a replica that said goodbye holds nothing up",
    steps: [...AT_WORK, { stop: ["c"] }, { pass: "until renewal" }, ...RENEWED, ...UNHARMED],
  },
  {
    name: "a replica that joins during a renewal loses nothing",
    steps: [
      { start: ["a", "b"] },
      { until: SETTLED },
      { remember: "certificates" },
      { traffic: "on" },
      { pass: "until renewal" },
      { until: ["two CAs"] },
      { start: ["c"] },
      ...RENEWED,
      ...UNHARMED,
    ],
  },
  {
    name: "through an outage of the API server the replicas serve on, and catch up on the renewal after it",
    steps: [
      ...AT_WORK,
      { api: "away" },
      { pass: "until renewal" },
      { keeps: ["unchanged"] },
      { api: "back" },
      ...RENEWED,
      ...UNHARMED,
    ],
  },
  {
    name: "a certificate that expired while nobody was running is replaced at the next start",
    steps: [...AT_WORK.slice(0, 3), { stop: ALL }, { pass: "until expiry" }, { start: ALL }, ...RENEWED],
  },
];
