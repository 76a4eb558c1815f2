import { type KubernetesVersion, parseVersion, versionText } from "../../service/versions/index.ts";
import type { ClusterFacts, ClusterState } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, type KubernetesApi, textAt } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import { discoverRanges, type Ranges } from "./ranges.ts";

/** What of a cluster can be found out rather than configured. */
export type Discoverable = "version" | "serviceCIDRs";

export interface FactsSettings {
  /** What is found out; the rest is as configured. */
  readonly discover: readonly Discoverable[];
  /** What was configured: it counts for what is not found out, or cannot be. */
  readonly configured: ClusterState;
  /** The namespace that dry runs are made in. */
  readonly namespace: string;
  /** Milliseconds from one look to the next. */
  readonly refresh: number;
}

/** Until the API server has answered for the first time, in milliseconds. */
const RETRY = 5_000;

/** The cluster's version and profile, found out at the start and again from time to time. */
export class DiscoveredFacts implements ClusterFacts {
  readonly #dependencies: ClusterDependencies;
  readonly #settings: FactsSettings;
  readonly #loop: Loop;
  #state: ClusterState;
  #logged = "";
  #trouble: string | undefined;

  private constructor(dependencies: ClusterDependencies, settings: FactsSettings) {
    this.#dependencies = dependencies;
    this.#settings = settings;
    this.#state = settings.configured;
    this.#loop = new Loop(dependencies.clock, () => this.#discover());
  }

  /** Facts after their first look, whether or not it configured anything. */
  static async open(dependencies: ClusterDependencies, settings: FactsSettings): Promise<DiscoveredFacts> {
    const facts = new DiscoveredFacts(dependencies, settings);
    await facts.#loop.once();
    return facts;
  }

  current(): ClusterState {
    return this.#state;
  }

  /** Ends all looking. */
  close(): Promise<void> {
    return this.#loop.close();
  }

  async #discover(): Promise<number> {
    const { discover, configured, namespace, refresh } = this.#settings;
    const { api } = this.#dependencies;
    try {
      const version = discover.includes("version") ? await discoverVersion(api) : undefined;
      const ranges = discover.includes("serviceCIDRs") ? await discoverRanges(api, namespace) : undefined;
      const profile =
        ranges === undefined ? configured.profile : { ...configured.profile, serviceCIDRs: ranges.serviceCIDRs };
      this.#state = { version: version ?? configured.version, profile };
      this.#logState(version, ranges);
      this.#trouble = undefined;
      return refresh;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble)
        this.#dependencies.log.warn(
          { trouble },
          "the cluster's profile cannot be looked up: what was known goes on counting",
        );
      this.#trouble = trouble;
      return RETRY;
    }
  }

  #logState(version: KubernetesVersion | undefined, ranges: Ranges | undefined): void {
    const { profile, version: counts } = this.#state;
    const { first, last } = profile.nodePortRange;
    const facts = {
      kubernetes: versionText(counts),
      kubernetesSource: version === undefined ? "configuration" : "the API server",
      serviceCIDRs: profile.serviceCIDRs,
      serviceCIDRsSource: ranges?.source ?? "configuration",
      nodePortRange: `${first}-${last}`,
    };
    const text = JSON.stringify(facts);
    if (text !== this.#logged) this.#dependencies.log.info(facts, "the cluster's profile");
    this.#logged = text;
  }
}

async function discoverVersion(api: KubernetesApi): Promise<KubernetesVersion | undefined> {
  return parseVersion(textAt(await api.get("/version"), "gitVersion") ?? "");
}
