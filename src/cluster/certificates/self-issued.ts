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

/** What the self-made certificates need to know. */
export interface SelfIssuedSettings extends RenewalRules {
  readonly secret: SecretName;
  readonly registrations: readonly WebhookConfigurationName[];
  /** Milliseconds after which the state is looked at though nothing was heard of a change. */
  readonly resync: number;
}

/** How often in a row a look may be followed by a step: more than any way through the plan has. */
const MOST_STEPS = 20;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Where rights are missing, the API server is there and has little work with the refusal; they may come any moment. */
const LONGEST_WITHOUT_RIGHTS = 5_000;

/**
 * Certificates that Fairlead makes itself. Looks at the Secret, the registrations and the other replicas, does the next
 * step of the plan, and looks again, until there is nothing to do. Through an outage of the API server it serves on.
 */
export class SelfIssuedCredentials implements Credentials {
  readonly #settings: SelfIssuedSettings;
  readonly #world: ClusterDependencies;
  readonly #roster: ReplicaRegistry;
  readonly #listeners = new Set<(pair: ServingPair) => void>();
  readonly #loop: Loop;
  #endings: (() => void)[] = [];
  #serving: IssuedCertificate | undefined;
  #registered: WebhookConfigurations | undefined;
  #trusted: { readonly ca: string; readonly since: Date } | undefined;
  /** While a renewal is under way: the new certificate, and when every API server has heard of its CA. */
  #renewal: { readonly certificate: string; readonly heard: Date | undefined } | undefined;
  #failures = 0;
  #trouble: string | undefined;

  constructor(world: ClusterDependencies, roster: ReplicaRegistry, settings: SelfIssuedSettings) {
    this.#world = world;
    this.#roster = roster;
    this.#settings = settings;
    this.#loop = new Loop(world.clock, () => this.#look());
  }

  /** Begins: what is served, and whether it is trusted, is known a few requests later. */
  start(): void {
    const { api, clock } = this.#world;
    const followed = { api, clock, onError: () => undefined };
    const { secret, registrations } = this.#settings;
    const wake = (): void => {
      this.#loop.wake();
    };
    this.#endings = [
      this.#roster.subscribe(wake),
      notifyOnChange(followed, `/api/v1/namespaces/${secret.namespace}/secrets`, secret.name, wake),
      ...registrations.map((one) => notifyOnChange(followed, collectionOf(one), one.name, wake)),
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
    const now = this.#world.clock.now();
    if (this.#serving === undefined || this.#registered === undefined) {
      return `there is no certificate yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
    }
    const reason =
      reasonNotTrusted(this.#serving.pair, this.#settings.hosts, this.#registered, now) ?? this.#unheard(now);
    return reason === undefined || this.#trouble === undefined ? reason : `${reason} (${this.#trouble})`;
  };

  /** A replica that starts during a renewal has the new certificate alone, and some API server may not know its CA yet. */
  #unheard(now: Date): string | undefined {
    if (this.#renewal === undefined || this.#renewal.certificate !== this.#serving?.pair.certificate) return undefined;
    const { heard } = this.#renewal;
    return heard !== undefined && heard <= now
      ? undefined
      : "the API servers have yet to hear of the CA of its new certificate";
  }

  /** When the CA expires that the certificate in use hangs on. */
  caExpiry(): Date | undefined {
    const [ca] = certificatesIn(this.#serving?.ca ?? "");
    return ca === undefined ? undefined : new Date(ca.validTo);
  }

  async close(): Promise<void> {
    for (const end of this.#endings) end();
    await this.#loop.close();
  }

  async #look(): Promise<number> {
    try {
      const pause = await this.#work();
      if (this.#trouble !== undefined) this.#world.log.info({}, "the certificates can be looked after again");
      this.#failures = 0;
      this.#trouble = undefined;
      return pause;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble) this.#world.log.warn({ trouble }, "the certificates cannot be looked after");
      this.#trouble = trouble;
      const longest = isForbidden(error) ? LONGEST_WITHOUT_RIGHTS : LONGEST_PAUSE;
      return Math.min(FIRST_PAUSE * 2 ** this.#failures++, longest);
    }
  }

  async #work(): Promise<number> {
    const { clock } = this.#world;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const situation = await this.#situation();
      const step = nextStep(situation, this.#settings);
      if (step.do === "rest") {
        const wait = step.until === undefined ? Infinity : step.until.getTime() - clock.now().getTime();
        return Math.max(0, Math.min(wait, this.#settings.resync));
      }
      await this.#take(step, situation);
    }
    throw new Error(`after ${MOST_STEPS} steps in a row the certificates are still not in order: somebody undoes them`);
  }

  async #situation(): Promise<RenewalState> {
    const { api, clock } = this.#world;
    // In this order: the Secret is always written before the registrations, so what is seen of it is never older.
    const registered = await readWebhookConfigurations(api, this.#settings.registrations);
    const stored = await readSecret(api, this.#settings.secret);
    this.#registered = registered;
    const now = clock.now();
    const ca = fingerprintOf(stored?.material.ca ?? "");
    const trusted = registered.missing.length === 0 && registered.entries.every(({ bundle }) => holds(bundle, ca));
    if (!trusted || ca === undefined) this.#trusted = undefined;
    else if (this.#trusted?.ca !== ca) this.#trusted = { ca, since: now };
    const since = this.#trusted?.since.getTime();
    const heard = since === undefined ? undefined : new Date(since + this.#settings.settle);
    const isUnderWay = stored !== undefined && stored.previous !== "";
    this.#renewal = isUnderWay ? { certificate: stored.material.pair.certificate, heard } : undefined;
    return {
      now,
      stored,
      registered,
      serving: this.#serving,
      trustedSince: this.#trusted?.since,
      peers: this.#roster.peers(),
    };
  }

  async #take(step: Exclude<Step, { do: "rest" }>, situation: RenewalState): Promise<void> {
    if (step.do === "serve") {
      await this.#serve(step.material);
      this.#world.log.info(
        { why: step.why, certificate: fingerprintOf(step.material.pair.certificate) },
        "serving a new certificate",
      );
      return;
    }
    try {
      await this.#write(step, situation);
      this.#world.log.info({ why: step.why }, DONE[step.do]);
    } catch (error) {
      // Another replica was faster: what it did is seen at the next look.
      if (!isConflict(error)) throw error;
    }
  }

  async #write(step: Exclude<Step, { do: "rest" | "serve" }>, { stored, registered }: RenewalState): Promise<void> {
    const { api } = this.#world;
    const { secret } = this.#settings;
    if (step.do === "trust") await writeCABundle(api, registered, step.entries, step.bundle);
    else if (step.do === "store") await writeSecret(api, secret, stored, step.material, step.previous);
    else await writeSecret(api, secret, stored, await issue(step.order), step.previous);
  }

  async #serve(material: IssuedCertificate): Promise<void> {
    this.#serving = material;
    notifyListeners(this.#listeners, material.pair, (error) => {
      this.#world.log.warn({ trouble: errorText(error) }, "the new certificate could not be taken over");
    });
    await this.#roster.publish({
      certificate: fingerprintOf(material.pair.certificate) ?? "",
      ca: fingerprintOf(material.ca) ?? "",
    });
  }
}

const DONE = {
  issue: "a new CA and certificate are in the Secret",
  store: "the Secret is written",
  trust: "the registration's caBundle is written",
} as const;

function holds(bundle: string, ca: string | undefined): boolean {
  return ca !== undefined && certificatesIn(bundle).some((certificate) => fingerprintOf(certificate.toString()) === ca);
}
