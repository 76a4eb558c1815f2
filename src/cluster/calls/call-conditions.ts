import type { Operation, PolicySet } from "../../policy/model/index.ts";
import type { ServicePolicy } from "../../policy/schema/index.ts";
import { type ClusterDependencies, errorText, isConflict } from "../api/index.ts";
import type { WebhookConfigurationName } from "../certificates/index.ts";
import { Loop } from "../loop/index.ts";
import type { ReplicaRegistry } from "../replicas/index.ts";
import { type AllDemands, defaultsLookAt, demandsOf, type OwnDemands, rulesLookAt } from "./demand.ts";
import { expressionFor } from "./expression.ts";
import { readServiceWebhooks, type ServiceWebhook, writeCondition } from "./registration.ts";

export interface CallSettings extends OwnDemands {
  readonly webhookConfigurations: readonly WebhookConfigurationName[];
  /** Whether calls are spared that nothing asks for. If not, no configuration is ever written. */
  readonly spares: boolean;
  /** Whether more than the cluster's policies looks at Services, such as policies from files. */
  readonly looksAtEverything: boolean;
  /** Milliseconds after which the configurations are read again. */
  readonly resync: number;
}

/** What a policy's status says about calls. */
export interface CallCoverage {
  /**
   * Has the API server send everything that the current policies look at, and waits until it does. Only the leader may
   * call this: before it says of a policy that it is in force.
   * @returns a function that says what of a policy has no effect, and why; undefined if all has.
   */
  cover(): Promise<(policy: ServicePolicy) => string | undefined>;
}

/** Milliseconds for which nothing must have changed before calls are spared: another replica may be about to lead. */
const CALM = 60_000;
/** Milliseconds until every API server has read a changed configuration. */
const PROPAGATION = 2_000;
const RETRY = 5_000;
const ATTEMPTS = 8;

/**
 * Spares calls that no policy asks for, by a match condition of Fairlead's own in its webhook configurations. Written by
 * the leader alone. The condition is only ever widened at once, by taking it away: that comes before a policy is said to
 * be in force. It is narrowed after a while without changes, and never where `failurePolicy` is `Fail`.
 */
export class CallConditions implements CallCoverage {
  readonly #dependencies: ClusterDependencies;
  readonly #registry: ReplicaRegistry;
  readonly #settings: CallSettings;
  readonly #loop: Loop;
  /** The policies; undefined while they have not been read. */
  #policies: () => PolicySet | undefined = () => undefined;
  #webhooks: readonly ServiceWebhook[] = [];
  #wanted = "";
  #calmSince = 0;
  #propagatedAt = 0;
  #trouble: string | undefined;
  /** Whether the API server has dropped a condition: it is older than 1.28. */
  #isUnknown = false;
  #closed = false;
  #endWait: () => void = () => undefined;

  constructor(dependencies: ClusterDependencies, registry: ReplicaRegistry, settings: CallSettings) {
    this.#dependencies = dependencies;
    this.#registry = registry;
    this.#settings = settings;
    this.#loop = new Loop(dependencies.clock, () => this.#reconcile());
  }

  start(policies: () => PolicySet | undefined): void {
    this.#policies = policies;
    this.#loop.wake();
  }

  async cover(): Promise<(policy: ServicePolicy) => string | undefined> {
    await this.#loop.once();
    const { clock } = this.#dependencies;
    const wait = this.#propagatedAt - clock.now().getTime();
    if (wait > 0 && !this.#closed) await this.#pause(wait);
    return (policy) => this.#withoutEffect(policy);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#endWait();
    return this.#loop.close();
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#dependencies.clock.after(milliseconds, resolve);
      this.#endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  async #reconcile(): Promise<number> {
    try {
      const pause = await retryConflicts(() => this.#takeStep());
      this.#trouble = undefined;
      return pause;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble)
        this.#dependencies.log.warn({ trouble }, "the match conditions cannot be looked after");
      this.#trouble = trouble;
      return RETRY;
    }
  }

  async #takeStep(): Promise<number> {
    const { api, clock, log } = this.#dependencies;
    const { webhookConfigurations, spares, resync } = this.#settings;
    if (!this.#registry.isLeader()) {
      this.#wanted = "";
      return resync;
    }
    this.#webhooks = await readServiceWebhooks(api, webhookConfigurations);
    const demands = this.#demands();
    if (!spares || demands === undefined) return resync;
    const now = clock.now().getTime();
    const wantedFor = (webhook: ServiceWebhook): string | undefined =>
      webhook.mayBeMissed ? expressionFor(webhook.purpose, demands) : undefined;

    const wrong = this.#webhooks
      .filter(({ condition }) => condition !== undefined)
      .filter((one) => wantedFor(one) !== one.condition);
    const wanted = JSON.stringify(demands);
    if (wrong.length > 0 || wanted !== this.#wanted) this.#calmSince = now;
    this.#wanted = wanted;
    if (wrong.length > 0) {
      // Before, too: a write of which no answer comes may have been done.
      this.#propagatedAt = now + PROPAGATION;
      await writeCondition(api, wrong, () => undefined);
      this.#propagatedAt = clock.now().getTime() + PROPAGATION;
      log.info({ webhooks: wrong.map(({ name }) => name) }, "the API server is to send every write of a Service");
      this.#webhooks = this.#webhooks.map((one) => (wrong.includes(one) ? { ...one, condition: undefined } : one));
      return CALM;
    }
    const rest = this.#calmSince + CALM - now;
    if (rest > 0) return rest;
    const open = this.#webhooks.filter((one) => one.condition === undefined && wantedFor(one) !== undefined);
    if (open.length === 0 || this.#isUnknown) return resync;
    this.#isUnknown = !(await writeCondition(api, open, wantedFor));
    if (this.#isUnknown) log.warn({}, "the API server knows no match conditions, and sends every write of a Service");
    else
      log.info({ webhooks: open.map(({ name }) => name) }, "the API server sends only what policies or hints ask for");
    return resync;
  }

  #demands(): AllDemands | undefined {
    const policies = this.#policies();
    if (policies === undefined) return undefined;
    return this.#settings.looksAtEverything ? EVERYTHING : demandsOf(policies, this.#settings);
  }

  #withoutEffect(policy: ServicePolicy): string | undefined {
    if (this.#trouble !== undefined) return `it is not known which writes the API server sends: ${this.#trouble}`;
    // A server that is called without a configuration that it knows of.
    if (this.#webhooks.length === 0) return undefined;
    const isSent = (purpose: ServiceWebhook["purpose"]) => (operation: Operation) =>
      this.#webhooks.some((one) => one.purpose === purpose && one.operations.has(operation));
    const unseen = OPERATIONS.filter((operation) => rulesLookAt(policy, operation) && !isSent("validate")(operation));
    const unfilled = OPERATIONS.filter((one) => defaultsLookAt(policy, one) && !isSent("mutate")(one));
    const parts = [
      ...(unseen.length === 0 ? [] : [`no rule applies to ${unseen.map((one) => NAMES[one]).join(", ")}`]),
      ...(unfilled.length === 0 ? [] : [`no default is filled in on ${unfilled.map((one) => NAMES[one]).join(", ")}`]),
    ];
    return parts.length === 0 ? undefined : `${parts.join(", and ")}: the webhook configurations do not send them`;
  }
}

/** Somebody else has written meanwhile, such as a replica that renews the certificate: that is read again. */
async function retryConflicts<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

const OPERATIONS = ["create", "update", "status", "delete"] as const satisfies readonly Operation[];
const NAMES = { create: "creates", update: "updates", status: "writes of the status", delete: "deletions" } as const;
const ALL = { create: "everywhere", update: "everywhere", status: "everywhere", delete: "everywhere" } as const;
const EVERYTHING: AllDemands = { validate: ALL, mutate: ALL };
