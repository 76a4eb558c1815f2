import { type Credentials, notifyListeners, type ServingPair } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, isConflict, isForbidden, notifyOnChange } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import type { ReplicaRegistry } from "../replicas/index.ts";
import { issue } from "./issue.ts";
import type { IssuedCertificate } from "./issued-certificate.ts";
import { nextStep, type RenewalRules, type RenewalState, type Step } from "./next-step.ts";
import { certificatesIn, fingerprintOf } from "./pem.ts";
import { reasonNotTrusted } from "./readiness.ts";
import { readSecret, type SecretName, writeSecret } from "./secret.ts";
import {
  collectionOf,
  readWebhookConfigurations,
  type WebhookConfigurationName,
  type WebhookConfigurations,
  writeCABundle,
} from "./webhook-configurations.ts";

export interface SelfIssuedSettings extends RenewalRules {
  readonly secret: SecretName;
  readonly webhookConfigurations: readonly WebhookConfigurationName[];
  /** Milliseconds after which the state is checked even if no change was reported. */
  readonly resync: number;
}

/** The maximum number of steps in one run: more than any way through the plan has. */
const MOST_STEPS = 20;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/**
 * The longest pause while RBAC refuses: a refusal costs the API server little, and the rights may be granted at any
 * moment.
 */
const LONGEST_WITHOUT_RIGHTS = 5_000;

/**
 * Certificates that Fairlead issues itself. Reads the Secret, the webhook configurations and the other replicas, takes
 * the next step of the plan, and repeats that until there is nothing to do. While the API server is away, the current
 * certificate stays in use.
 */
export class SelfIssuedCredentials implements Credentials {
  readonly #settings: SelfIssuedSettings;
  readonly #dependencies: ClusterDependencies;
  readonly #registry: ReplicaRegistry;
  readonly #listeners = new Set<(pair: ServingPair) => void>();
  readonly #loop: Loop;
  #stopWatching: (() => void)[] = [];
  #serving: IssuedCertificate | undefined;
  #configurations: WebhookConfigurations | undefined;
  #trusted: { readonly ca: string; readonly since: Date } | undefined;
  /** During a renewal: the new certificate, and when every API server will have learnt of its CA. */
  #renewal: { readonly certificate: string; readonly propagatedAt: Date | undefined } | undefined;
  #failures = 0;
  #trouble: string | undefined;

  constructor(dependencies: ClusterDependencies, registry: ReplicaRegistry, settings: SelfIssuedSettings) {
    this.#dependencies = dependencies;
    this.#registry = registry;
    this.#settings = settings;
    this.#loop = new Loop(dependencies.clock, () => this.#reconcile());
  }

  /** Starts; the certificate and whether it is trusted are known a few requests later. */
  start(): void {
    const { api, clock } = this.#dependencies;
    const target = { api, clock, onError: () => undefined };
    const { secret, webhookConfigurations } = this.#settings;
    const wake = (): void => {
      this.#loop.wake();
    };
    this.#stopWatching = [
      this.#registry.subscribe(wake),
      notifyOnChange(target, `/api/v1/namespaces/${secret.namespace}/secrets`, secret.name, wake),
      ...webhookConfigurations.map((one) => notifyOnChange(target, collectionOf(one), one.name, wake)),
    ];
    wake();
  }

  current(): ServingPair | undefined {
    return this.#serving?.pair;
  }

  subscribe(listener: (pair: ServingPair) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Why this replica is not ready; undefined if the API server can call it. */
  readonly readiness = (): string | undefined => {
    const now = this.#dependencies.clock.now();
    if (this.#serving === undefined || this.#configurations === undefined) {
      return `there is no certificate yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
    }
    const reason =
      reasonNotTrusted(this.#serving.pair, this.#settings.hosts, this.#configurations, now) ??
      this.#awaitingPropagation(now);
    return reason === undefined || this.#trouble === undefined ? reason : `${reason} (${this.#trouble})`;
  };

  /**
   * A replica that starts during a renewal has only the new certificate, and some API server may not know its CA yet.
   */
  #awaitingPropagation(now: Date): string | undefined {
    if (this.#renewal === undefined || this.#renewal.certificate !== this.#serving?.pair.certificate) return undefined;
    const { propagatedAt } = this.#renewal;
    return propagatedAt !== undefined && propagatedAt <= now
      ? undefined
      : "the API servers have yet to hear of the CA of its new certificate";
  }

  /** When the CA of the certificate in use expires. */
  caExpiry(): Date | undefined {
    const [ca] = certificatesIn(this.#serving?.ca ?? "");
    return ca === undefined ? undefined : new Date(ca.validTo);
  }

  async close(): Promise<void> {
    for (const end of this.#stopWatching) end();
    await this.#loop.close();
  }

  async #reconcile(): Promise<number> {
    try {
      const pause = await this.#takeSteps();
      if (this.#trouble !== undefined) this.#dependencies.log.info({}, "the certificates can be looked after again");
      this.#failures = 0;
      this.#trouble = undefined;
      return pause;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble)
        this.#dependencies.log.warn({ trouble }, "the certificates cannot be looked after");
      this.#trouble = trouble;
      const longest = isForbidden(error) ? LONGEST_WITHOUT_RIGHTS : LONGEST_PAUSE;
      return Math.min(FIRST_PAUSE * 2 ** this.#failures++, longest);
    }
  }

  async #takeSteps(): Promise<number> {
    const { clock } = this.#dependencies;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const state = await this.#observe();
      const step = nextStep(state, this.#settings);
      if (step.do === "rest") {
        const wait = step.until === undefined ? Infinity : step.until.getTime() - clock.now().getTime();
        return Math.max(0, Math.min(wait, this.#settings.resync));
      }
      await this.#take(step, state);
    }
    throw new Error(`after ${MOST_STEPS} steps in a row the certificates are still not in order: somebody undoes them`);
  }

  async #observe(): Promise<RenewalState> {
    const { api, clock } = this.#dependencies;
    // In this order: the Secret is always written before the webhook configurations, so it is never read in an older
    // state than they are.
    const configurations = await readWebhookConfigurations(api, this.#settings.webhookConfigurations);
    const stored = await readSecret(api, this.#settings.secret);
    this.#configurations = configurations;
    const now = clock.now();
    const ca = fingerprintOf(stored?.issued.ca ?? "");
    const trusted =
      configurations.missing.length === 0 && configurations.webhooks.every(({ caBundle }) => holds(caBundle, ca));
    if (!trusted || ca === undefined) this.#trusted = undefined;
    else if (this.#trusted?.ca !== ca) this.#trusted = { ca, since: now };
    const since = this.#trusted?.since.getTime();
    const propagatedAt = since === undefined ? undefined : new Date(since + this.#settings.settle);
    const isUnderWay = stored !== undefined && stored.previous !== "";
    this.#renewal = isUnderWay ? { certificate: stored.issued.pair.certificate, propagatedAt } : undefined;
    return {
      now,
      stored,
      configurations,
      serving: this.#serving,
      trustedSince: this.#trusted?.since,
      otherReplicas: this.#registry.otherReplicas(),
    };
  }

  async #take(step: Exclude<Step, { do: "rest" }>, state: RenewalState): Promise<void> {
    if (step.do === "serve") {
      await this.#serve(step.issued);
      this.#dependencies.log.info(
        { why: step.why, certificate: fingerprintOf(step.issued.pair.certificate) },
        "serving a new certificate",
      );
      return;
    }
    try {
      await this.#write(step, state);
      this.#dependencies.log.info({ why: step.why }, DONE[step.do]);
    } catch (error) {
      // Another replica was faster: the next step is decided on what it wrote.
      if (!isConflict(error)) throw error;
    }
  }

  async #write(step: Exclude<Step, { do: "rest" | "serve" }>, { stored, configurations }: RenewalState): Promise<void> {
    const { api } = this.#dependencies;
    const { secret } = this.#settings;
    if (step.do === "trust") await writeCABundle(api, configurations, step.webhooks, step.caBundle);
    else if (step.do === "store") await writeSecret(api, secret, stored, step.issued, step.previous);
    else await writeSecret(api, secret, stored, await issue(step.spec), step.previous);
  }

  async #serve(issued: IssuedCertificate): Promise<void> {
    this.#serving = issued;
    notifyListeners(this.#listeners, issued.pair, (error) => {
      this.#dependencies.log.warn({ trouble: errorText(error) }, "the new certificate could not be taken over");
    });
    await this.#registry.publish({
      certificate: fingerprintOf(issued.pair.certificate) ?? "",
      ca: fingerprintOf(issued.ca) ?? "",
    });
  }
}

const DONE = {
  issue: "a new CA and certificate are in the Secret",
  store: "the Secret is written",
  trust: "the registration's caBundle is written",
} as const;

function holds(caBundle: string, ca: string | undefined): boolean {
  return (
    ca !== undefined && certificatesIn(caBundle).some((certificate) => fingerprintOf(certificate.toString()) === ca)
  );
}
