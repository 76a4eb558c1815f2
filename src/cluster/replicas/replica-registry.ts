import type { JsonObject } from "../../field/index.ts";
import {
  type ClusterDependencies,
  errorText,
  getIfPresent,
  isConflict,
  type KubernetesApi,
  objectOf,
  textAt,
} from "../api/index.ts";
import type { Clock, Log } from "../loop/index.ts";
import {
  entriesOf,
  microTime,
  newLease,
  PREFIX,
  type ServedCertificate,
  servedCertificateIn,
  withEntries,
} from "./lease.ts";

/** The other replicas and what they serve, as far as this replica knows. */
export interface OtherReplicas {
  /** False if the registry cannot be read: then a missing replica means nothing. */
  readonly known: boolean;
  /** The other replicas that are alive, by name. */
  readonly alive: ReadonlyMap<string, ServedCertificate>;
}

export interface ReplicaRegistrySettings {
  readonly namespace: string;
  /** The name of the Lease. */
  readonly lease: string;
  /** The unique name of this replica. */
  readonly replica: string;
  /** Milliseconds between two heartbeats. */
  readonly heartbeat: number;
}

/**
 * A replica counts as gone after so many missed heartbeats. Generous, because a replica that cannot reach the API
 * server still serves.
 */
const GONE_AFTER = 10;
/** The leader is replaced after so many missed heartbeats. */
const LEADER_GONE_AFTER = 3;
const ATTEMPTS = 8;

interface SeenHeartbeat {
  readonly renewed: string;
  /** When this replica first saw this heartbeat, by its own clock: the clocks of others may be wrong. */
  readonly seenAt: number;
}

/**
 * The registry of the replicas, kept in the annotations of one Lease: each replica writes its own entry. The holder of
 * the Lease is the leader, for work that only one replica should do. Every write names the `resourceVersion` that it is
 * based on.
 */
export class ReplicaRegistry {
  readonly #api: KubernetesApi;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #settings: ReplicaRegistrySettings;
  readonly #heartbeats = new Map<string, SeenHeartbeat>();
  readonly #listeners = new Set<() => void>();
  #serving: ServedCertificate | undefined;
  #otherReplicas: OtherReplicas = { known: false, alive: new Map() };
  #isLeader = false;
  #trouble: string | undefined;
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor({ api, clock, log }: ClusterDependencies, settings: ReplicaRegistrySettings) {
    this.#api = api;
    this.#clock = clock;
    this.#log = log;
    this.#settings = settings;
  }

  /** The name of this replica. */
  get replica(): string {
    return this.#settings.replica;
  }

  /** What is known of the other replicas now. */
  otherReplicas(): OtherReplicas {
    return this.#otherReplicas;
  }

  /** Whether this replica is the leader, which writes the policies' statuses. */
  isLeader(): boolean {
    return this.#isLeader;
  }

  /** Calls the listener whenever the known replicas or the leader change; returns a function that unsubscribes it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes this replica's entry now and with every heartbeat. */
  async publish(serving?: ServedCertificate): Promise<void> {
    this.#serving = serving ?? this.#serving;
    this.#cancel?.();
    await this.#renew();
    this.#cancel?.();
    if (!this.#closed) this.#cancel = this.#clock.after(this.#settings.heartbeat, () => void this.publish());
  }

  /** Removes this replica's entry, so that no other waits for it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    if (this.#otherReplicas.known) await this.#write((lease) => this.#withoutOwnEntry(lease));
  }

  async #renew(): Promise<void> {
    await this.#write((lease) => (this.#closed ? undefined : this.#withOwnEntry(lease)));
  }

  async #write(change: (lease: JsonObject) => JsonObject | undefined): Promise<void> {
    try {
      await this.#writeWithRetries(change);
      if (this.#trouble !== undefined)
        this.#log.info({ lease: this.#settings.lease }, "the replicas' Lease is written again");
      this.#trouble = undefined;
    } catch (error) {
      this.#setState({ ...this.#otherReplicas, known: false }, false);
      const trouble = errorText(error);
      if (trouble !== this.#trouble)
        this.#log.warn({ lease: this.#settings.lease, trouble }, "the replicas' Lease cannot be written");
      this.#trouble = trouble;
    }
  }

  async #writeWithRetries(change: (lease: JsonObject) => JsonObject | undefined): Promise<void> {
    const { namespace, lease: name } = this.#settings;
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    for (let attempt = 1; ; attempt++) {
      const found = await getIfPresent(this.#api, `${leases}/${name}`);
      const changed = change(found ?? newLease(namespace, name));
      if (changed === undefined) return;
      try {
        if (found === undefined) await this.#api.create(leases, changed);
        else await this.#api.replace(`${leases}/${name}`, changed);
        this.#update(changed);
        return;
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  #withOwnEntry(lease: JsonObject): JsonObject {
    const now = this.#clock.now();
    this.#noteHeartbeats(lease, now.getTime());
    const entries = this.#liveEntries(lease, now.getTime());
    entries[PREFIX + this.#settings.replica] = JSON.stringify({ ...this.#serving, renewed: now.toISOString() });
    return { ...withEntries(lease, entries), spec: this.#leaseSpec(lease, now) };
  }

  #withoutOwnEntry(lease: JsonObject): JsonObject | undefined {
    const { [PREFIX + this.#settings.replica]: own, ...others } = entriesOf(lease);
    if (own === undefined) return undefined;
    const spec = objectOf(lease.spec);
    const wasLeader = spec.holderIdentity === this.#settings.replica;
    return { ...withEntries(lease, others), spec: wasLeader ? { ...spec, holderIdentity: "", renewTime: null } : spec };
  }

  /** Records when each heartbeat was first seen, and forgets replicas that have left. */
  #noteHeartbeats(lease: JsonObject, now: number): void {
    const signs = {
      ...entriesOf(lease),
      leader: `${textAt(lease, "spec", "holderIdentity") ?? ""} ${textAt(lease, "spec", "renewTime") ?? ""}`,
    };
    for (const name of this.#heartbeats.keys()) if (!Object.hasOwn(signs, name)) this.#heartbeats.delete(name);
    for (const [name, renewed] of Object.entries(signs)) {
      if (this.#heartbeats.get(name)?.renewed !== renewed) this.#heartbeats.set(name, { renewed, seenAt: now });
    }
  }

  #silence(name: string, now: number): number {
    return now - (this.#heartbeats.get(name)?.seenAt ?? now);
  }

  #liveEntries(lease: JsonObject, now: number): Record<string, string> {
    const longest = GONE_AFTER * this.#settings.heartbeat;
    return Object.fromEntries(Object.entries(entriesOf(lease)).filter(([name]) => this.#silence(name, now) < longest));
  }

  #leaseSpec(lease: JsonObject, now: Date): JsonObject {
    const { replica, heartbeat } = this.#settings;
    const spec = objectOf(lease.spec);
    const holder = typeof spec.holderIdentity === "string" ? spec.holderIdentity : "";
    const silent = this.#silence("leader", now.getTime()) >= LEADER_GONE_AFTER * heartbeat;
    if (holder !== "" && holder !== replica && !silent) return spec;
    return {
      ...spec,
      holderIdentity: replica,
      leaseDurationSeconds: Math.max(1, Math.ceil((LEADER_GONE_AFTER * heartbeat) / 1000)),
      renewTime: microTime(now),
    };
  }

  #update(lease: JsonObject): void {
    const alive = new Map<string, ServedCertificate>();
    for (const [name, text] of Object.entries(entriesOf(lease))) {
      const replica = name.slice(PREFIX.length);
      if (replica !== this.#settings.replica) alive.set(replica, servedCertificateIn(text));
    }
    const isLeader = !this.#closed && textAt(lease, "spec", "holderIdentity") === this.#settings.replica;
    this.#setState({ known: true, alive }, isLeader);
  }

  #setState(otherReplicas: OtherReplicas, isLeader: boolean): void {
    const changed = isLeader !== this.#isLeader || serialized(otherReplicas) !== serialized(this.#otherReplicas);
    this.#otherReplicas = otherReplicas;
    this.#isLeader = isLeader;
    if (changed) for (const listener of this.#listeners) listener();
  }
}

function serialized({ known, alive }: OtherReplicas): string {
  return JSON.stringify([known, ...[...alive].sort(([one], [other]) => (one < other ? -1 : 1))]);
}
