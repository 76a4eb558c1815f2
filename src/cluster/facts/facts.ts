import { type KubernetesVersion, parseVersion, versionText } from "../../service/versions/index.ts";
import type { ClusterFacts, ClusterState } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, type KubernetesApi, textAt } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import { discoverRanges, type Ranges } from "./ranges.ts";

/** What of a cluster can be found out rather than told. */
export type Discoverable = "version" | "serviceCIDRs";

export interface FactsSettings {
  /** What is found out; the rest is as told. */
  readonly discover: readonly Discoverable[];
  /** What was told: it counts for what is not found out, or cannot be. */
  readonly told: ClusterState;
  /** The namespace that dry runs are made in. */
  readonly namespace: string;
  /** Milliseconds from one look to the next. */
  readonly refresh: number;
}

/** Until the API server has answered for the first time, in milliseconds. */
const RETRY = 5_000;

/** The cluster's version and profile, found out at the start and again from time to time. */
export class DiscoveredFacts implements ClusterFacts {
  readonly #world: ClusterDependencies;
  readonly #settings: FactsSettings;
  readonly #loop: Loop;
  #state: ClusterState;
  #shown = "";
  #trouble: string | undefined;

  private constructor(world: ClusterDependencies, settings: FactsSettings) {
    this.#world = world;
    this.#settings = settings;
    this.#state = settings.told;
    this.#loop = new Loop(world.clock, () => this.#look());
  }

  /** Facts after their first look, whether or not it told anything. */
  static async open(world: ClusterDependencies, settings: FactsSettings): Promise<DiscoveredFacts> {
    const facts = new DiscoveredFacts(world, settings);
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

  async #look(): Promise<number> {
    const { discover, told, namespace, refresh } = this.#settings;
    const { api } = this.#world;
    try {
      const version = discover.includes("version") ? await discoverVersion(api) : undefined;
      const ranges = discover.includes("serviceCIDRs") ? await discoverRanges(api, namespace) : undefined;
      const profile = ranges === undefined ? told.profile : { ...told.profile, serviceCIDRs: ranges.serviceCIDRs };
      this.#state = { version: version ?? told.version, profile };
      this.#show(version, ranges);
      this.#trouble = undefined;
      return refresh;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble)
        this.#world.log.warn({ trouble }, "the cluster's profile cannot be looked up: what was known goes on counting");
      this.#trouble = trouble;
      return RETRY;
    }
  }

  #show(version: KubernetesVersion | undefined, ranges: Ranges | undefined): void {
    const { profile, version: counts } = this.#state;
    const { first, last } = profile.nodePortRange;
    const facts = {
      kubernetes: versionText(counts),
      kubernetesSource: version === undefined ? "configuration" : "the API server",
      serviceCIDRs: profile.serviceCIDRs,
      serviceCIDRsSource: ranges?.source ?? "configuration",
      nodePortRange: `${first}-${last}`,
    };
    const shown = JSON.stringify(facts);
    if (shown !== this.#shown) this.#world.log.info(facts, "the cluster's profile");
    this.#shown = shown;
  }
}

async function discoverVersion(api: KubernetesApi): Promise<KubernetesVersion | undefined> {
  return parseVersion(textAt(await api.get("/version"), "gitVersion") ?? "");
}
