import {
  gateProblems,
  type KubernetesVersion,
  NEWEST_KNOWN,
  parseVersion,
  unknownVersionNote,
  versionText,
} from "../../service/versions/index.ts";
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
      // Not the nearest known version: what an older server lacks must not be patched into its objects.
      this.#state = {
        version: version === undefined ? configured.version : withGates(version, configured.version),
        profile,
      };
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
      ...(counts.featureGates !== undefined && { featureGates: counts.featureGates }),
    };
    const text = JSON.stringify(facts);
    if (text === this.#logged) return;
    this.#logged = text;
    this.#dependencies.log.info(facts, "the cluster's profile");
    const problems = gateProblems(counts);
    if (problems.length > 0) this.#dependencies.log.warn({ problems }, "feature gates that count for nothing");
    const isNewer = counts.minor > NEWEST_KNOWN.minor;
    const note = isNewer ? unknownVersionNote(counts) : undefined;
    if (note !== undefined) this.#dependencies.log.warn({ note }, "the cluster is newer than what is known");
  }
}

/** The discovered version with the configured feature gates: no API tells them. */
function withGates(version: KubernetesVersion, { featureGates }: KubernetesVersion): KubernetesVersion {
  return featureGates === undefined ? version : { ...version, featureGates };
}

async function discoverVersion(api: KubernetesApi): Promise<KubernetesVersion | undefined> {
  return parseVersion(textAt(await api.get("/version"), "gitVersion") ?? "");
}
