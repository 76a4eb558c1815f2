import { type KubernetesVersion, parseVersion, versionText } from "../../service/versions/index.ts";
import type { ClusterFacts, ClusterState } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, type KubernetesApi, textAt } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import { discoverRanges, type Ranges } from "./ranges.ts";

/** The facts about a cluster that can be discovered instead of configured. */
export type Discoverable = "version" | "serviceCIDRs";

export interface FactsSettings {
  /** The facts to discover; all others are as configured. */
  readonly discover: readonly Discoverable[];
  /** The configured facts: they apply to what is not discovered, or cannot be. */
  readonly configured: ClusterState;
  /** The namespace of the dry-run requests. */
  readonly namespace: string;
  /** Milliseconds between two discoveries. */
  readonly refresh: number;
}

/** Milliseconds before the next attempt after a failure. */
const RETRY = 5_000;

/** The cluster's version and profile, discovered at the start and refreshed periodically. */
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

  /** Returns after the first attempt, whether or not it succeeded. */
  static async open(dependencies: ClusterDependencies, settings: FactsSettings): Promise<DiscoveredFacts> {
    const facts = new DiscoveredFacts(dependencies, settings);
    await facts.#loop.once();
    return facts;
  }

  current(): ClusterState {
    return this.#state;
  }

  /** Stops the refreshing. */
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
        ranges === undefined
          ? configured.profile
          : { serviceCIDRs: ranges.serviceCIDRs, nodePortRange: configured.profile.nodePortRange };
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
      serviceCIDRs: profile.areRangesUnknown === true ? "unknown" : profile.serviceCIDRs,
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
