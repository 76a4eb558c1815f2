import type { AuditResult } from "../../audit/results/index.ts";
import type { JsonObject } from "../../field/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";
import { type ClusterDependencies, errorText, followCollection, type Following } from "../api/index.ts";
import { Loop, Slices } from "../loop/index.ts";
import type { ReplicaRegistry } from "../replicas/index.ts";
import { Announcer } from "./announcer.ts";
import { ClusterJudge } from "./cluster-judge.ts";
import { ownerAt } from "./owner.ts";
import { ResultsByNamespace } from "./results-by-namespace.ts";
import { ReportWriter } from "./report-writer.ts";
import type { AuditSources, AuditState, ClusterAuditSettings } from "./settings.ts";

const SERVICES = "/api/v1/services";
/** How many Services an answer holds: parsing one blocks reviews. */
const PAGE_SIZE = 100;
/** The milliseconds for which the audit keeps reviews waiting. */
const SLICE = 1;
/** Milliseconds between two looks at what is judged by, and the least between the starts of two rounds. */
const LOOK = 2_000;
const LEAST_BETWEEN = 15_000;
/** The pause after a failure, in milliseconds: doubled at each one. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/**
 * The audit in the background: the leading replica judges all Services of the cluster, at the start, from time to time, after each change
 * of what is judged by, and each Service when it changes; and writes what it finds into reports. No Service stays in memory.
 */
export class ClusterAudit {
  readonly #dependencies: ClusterDependencies;
  readonly #registry: ReplicaRegistry;
  readonly #sources: AuditSources;
  readonly #settings: ClusterAuditSettings;
  readonly #judge: ClusterJudge;
  readonly #writer: ReportWriter;
  readonly #announcer: Announcer;
  readonly #results = new ResultsByNamespace();
  readonly #loop: Loop;
  readonly #unsubscribe: () => void;
  #round: Round | undefined;
  #state: AuditState | undefined;
  #pause = FIRST_PAUSE;
  #trouble: string | undefined;
  #isKindMissing = false;
  #closed = false;

  constructor(
    dependencies: ClusterDependencies,
    registry: ReplicaRegistry,
    sources: AuditSources,
    settings: ClusterAuditSettings,
  ) {
    this.#dependencies = dependencies;
    this.#registry = registry;
    this.#sources = sources;
    this.#settings = settings;
    this.#judge = new ClusterJudge(sources, dependencies.clock);
    this.#writer = new ReportWriter(dependencies, settings.writesPerSecond);
    this.#announcer = new Announcer(dependencies, settings.replica);
    this.#loop = new Loop(dependencies.clock, () => this.#work());
    this.#unsubscribe = registry.subscribe(() => {
      this.#loop.wake();
    });
  }

  start(): void {
    this.#loop.wake();
  }

  /** What the last round found; undefined before the first one, and where another replica leads. */
  state(): AuditState | undefined {
    const round = this.#round;
    if (this.#state === undefined || round === undefined) return undefined;
    return { ...this.#state, services: round.following.keys.size, counts: this.#results.counts() };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    await this.#loop.close();
    this.#round?.following.end();
  }

  async #work(): Promise<number> {
    if (!this.#registry.isLeader()) {
      this.#rest();
      return LOOK;
    }
    try {
      if (this.#sources.isReady() && this.#isDue()) await this.#begin();
      if (this.#round?.isListed === true) await this.#write();
      this.#pause = FIRST_PAUSE;
      if (this.#trouble !== undefined) this.#dependencies.log.info({}, "the audit goes on");
      this.#trouble = undefined;
      return LOOK;
    } catch (error) {
      this.#complain(error);
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      return this.#pause;
    }
  }

  /** Another replica leads now, and tells what it finds. */
  #rest(): void {
    this.#round?.following.end();
    this.#round = undefined;
    this.#state = undefined;
    this.#results.clear();
  }

  #isDue(): boolean {
    const round = this.#round;
    if (round === undefined) return true;
    if (!round.isListed) return false;
    const since = this.#dependencies.clock.now().getTime() - round.startedAt;
    if (since < LEAST_BETWEEN) return false;
    if (since >= this.#settings.interval || this.#sources.policies() !== round.policies) return true;
    return this.#judge.basis() !== round.basis;
  }

  /** Begins a round: everything is listed, and then watched. */
  async #begin(): Promise<void> {
    if (this.#settings.writes) {
      await this.#writer.load(await this.#owner(), new Slices(SLICE));
      this.#noteKind();
    }
    this.#round?.following.end();
    const round: Round = {
      startedAt: this.#dependencies.clock.now().getTime(),
      policies: this.#sources.policies(),
      basis: this.#judge.basis(),
      isFirst: this.#state === undefined,
      isEnding: false,
      isListed: false,
      seen: new Set(),
      unjudged: 0,
      following: followCollection(
        {
          api: this.#dependencies.api,
          clock: this.#dependencies.clock,
          take: (key, object) => this.#take(round, key, object),
          drop: (key) => {
            this.#set(key, []);
          },
          onListed: () => {
            void this.#onListed(round);
          },
          onAlive: () => undefined,
          onError: (error) => {
            this.#complain(error);
          },
        },
        { path: SERVICES, prefix: "", pageSize: PAGE_SIZE, slices: new Slices(SLICE) },
      ),
    };
    this.#round = round;
  }

  #take(round: Round, key: string, object: JsonObject): true {
    if (!round.isListed) round.seen.add(key);
    const [namespace = "", name = ""] = key.split("/");
    const { exempt } = this.#settings;
    if (exempt.namespaces.includes(namespace) || exempt.services.includes(key)) return true;
    const stored = { namespace, name, object: { apiVersion: "v1", kind: "Service", ...object } };
    const results = this.#judge.results(stored);
    if (results === undefined) round.unjudged++;
    else this.#set(key, results);
    return true;
  }

  #set(key: string, results: readonly AuditResult[]): void {
    const [namespace = "", name = ""] = key.split("/");
    this.#results.set(namespace, `${SERVICE}/${name}`, results);
    if (this.#round?.isListed === true && this.#results.changed.size > 0) this.#loop.wake();
  }

  async #onListed(round: Round): Promise<void> {
    // A watch that could not go on lists again.
    if (round !== this.#round || round.isEnding) return;
    round.isEnding = true;
    const slices = new Slices(SLICE);
    const found = await this.#judge.resultsOfReferences(slices);
    for (const { namespace, key, results } of found.values()) this.#results.set(namespace, key, results);
    if (round !== this.#round) return;
    const isStale = (namespace: string, key: string): boolean =>
      key.startsWith(`${SERVICE}/`)
        ? !round.seen.has(`${namespace}/${key.slice(SERVICE.length + 1)}`)
        : !found.has(`${namespace}/${key}`);
    await this.#results.sweep(isStale, slices);
    if (round !== this.#round) return;
    round.isListed = true;
    const now = this.#dependencies.clock.now().getTime();
    const duration = (now - round.startedAt) / 1000;
    const services = round.seen.size;
    round.seen.clear();
    this.#state = { services, counts: [], endedAt: now / 1000, duration };
    if (round.unjudged > 0) {
      this.#dependencies.log.warn(
        { services: round.unjudged },
        "the audit passed over Services whose judgement takes too long",
      );
    }
    for (const namespace of this.#writer.namespaces) this.#results.touch(namespace);
    this.#announcer.beginRound(round.isFirst && this.#writer.namespaces.length === 0);
    this.#loop.wake();
  }

  /** Writes what has changed, and tells what is new. */
  async #write(): Promise<void> {
    const isStopped = (): boolean => this.#closed || !this.#registry.isLeader();
    const slices = new Slices(SLICE);
    for (const namespace of [...this.#results.changed]) {
      if (isStopped()) return;
      await slices.next();
      // Objects that are in no namespace have no report: only the metrics count them.
      const results = namespace === "" ? [] : [...this.#results.of(namespace).values()].flat();
      this.#results.settle(namespace);
      if (!this.#settings.writes) continue;
      try {
        const told = this.#writer.told(namespace);
        await this.#writer.write(namespace, results, isStopped);
        await this.#announcer.announce(namespace, results, told);
      } catch (error) {
        this.#results.touch(namespace);
        throw error;
      }
    }
    this.#announcer.endRound();
  }

  async #owner(): Promise<JsonObject | undefined> {
    for (const path of this.#settings.owners) {
      const owner = await ownerAt(this.#dependencies.api, path);
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  #noteKind(): void {
    const isMissing = this.#writer.kind === undefined;
    if (isMissing && !this.#isKindMissing) {
      this.#dependencies.log.warn(
        {},
        "the cluster has neither openreports.io nor wgpolicyk8s.io reports: what the audit finds is told by metrics and Events alone",
      );
    }
    this.#isKindMissing = isMissing;
  }

  #complain(error: unknown): void {
    const trouble = errorText(error);
    if (trouble !== this.#trouble) this.#dependencies.log.warn({ trouble }, "the audit cannot go on for now");
    this.#trouble = trouble;
  }
}

/** One time that all Services are listed, and the watch after it. */
interface Round {
  readonly startedAt: number;
  readonly policies: PolicySet;
  readonly basis: string;
  readonly isFirst: boolean;
  isEnding: boolean;
  isListed: boolean;
  readonly seen: Set<string>;
  unjudged: number;
  readonly following: Following;
}

const SERVICE = "Service";
