import { type AuditResult, pagesOf } from "../../audit/results/index.ts";
import type { JsonObject } from "../../field/index.ts";
import {
  ApiError,
  type ClusterDependencies,
  isConflict,
  isForbidden,
  isMissing,
  listAll,
  textAt,
} from "../api/index.ts";
import type { Slices } from "../loop/index.ts";
import { contentOf, type KnownReport, knownReport, MANAGED_BY } from "./report-object.ts";
import { pathOf, type ReportKind, servedReportKinds } from "./report-kind.ts";

/** The name of the first report of a namespace; those of further ones have a number behind it. */
const NAME = "fairlead";
const LABEL_SELECTOR = Object.entries(MANAGED_BY)
  .map(([key, value]) => `${key}=${value}`)
  .join();
/** How often a write is tried that somebody else's came before. */
const ATTEMPTS = 3;
/** A report of many results takes milliseconds to parse. */
const PAGE_SIZE = 5;

/** Writes reports into the cluster: only those that have changed, and not more in a second than the setting says. */
export class ReportWriter {
  readonly #dependencies: ClusterDependencies;
  /** Milliseconds between two writes. */
  readonly #pause: number;
  /** The reports of the cluster, by namespace and path. */
  readonly #reports = new Map<string, Map<string, KnownReport>>();
  #kind: ReportKind | undefined;
  #owner: JsonObject | undefined;

  constructor(dependencies: ClusterDependencies, writesPerSecond: number) {
    this.#dependencies = dependencies;
    this.#pause = 1000 / writesPerSecond;
  }

  /** The kind of report that is written; undefined if the cluster has none. */
  get kind(): ReportKind | undefined {
    return this.#kind;
  }

  /** The namespaces with reports. */
  get namespaces(): readonly string[] {
    return [...this.#reports.keys()];
  }

  /** The results that the reports of a namespace list. */
  told(namespace: string): ReadonlySet<string> {
    return new Set([...(this.#reports.get(namespace)?.values() ?? [])].flatMap(({ foundAt }) => [...foundAt.keys()]));
  }

  /**
   * Reads which kinds of reports the cluster has, and which of them are Fairlead's.
   * @param owner the object with which reports are deleted; undefined for none
   * @param slices what is read is looked through in them
   * @throws ApiError if they cannot be read
   */
  async load(owner: JsonObject | undefined, slices: Slices): Promise<void> {
    const { api } = this.#dependencies;
    this.#owner = owner;
    const kinds = await servedReportKinds(api);
    this.#kind = kinds[0];
    this.#reports.clear();
    // Those of a kind that is no longer written are deleted.
    for (const kind of kinds) {
      for await (const report of listAll(api, pathOf(kind), { labelSelector: LABEL_SELECTOR, pageSize: PAGE_SIZE })) {
        const namespace = textAt(report, "metadata", "namespace") ?? "";
        this.#remember(namespace, `${pathOf(kind, namespace)}/${textAt(report, "metadata", "name") ?? ""}`, report);
        await slices.next();
      }
    }
  }

  /**
   * Brings the reports of a namespace up to date.
   * @param isStopped asked before each write
   * @throws ApiError if a write fails; the next call does what is left
   */
  async write(namespace: string, results: Iterable<AuditResult>, isStopped: () => boolean): Promise<void> {
    if (this.#kind === undefined) return;
    const collection = pathOf(this.#kind, namespace);
    const known = this.#reports.get(namespace) ?? new Map<string, KnownReport>();
    const foundAt = new Map([...known.values()].flatMap(({ foundAt: times }) => [...times]));
    const now = Math.floor(this.#dependencies.clock.now().getTime() / 1000);
    const wanted = new Set<string>();
    for (const [index, page] of pagesOf(results).entries()) {
      const name = index === 0 ? NAME : `${NAME}-${String(index + 1)}`;
      const path = `${collection}/${name}`;
      wanted.add(path);
      const content = { ...contentOf(page, this.#owner, (id) => foundAt.get(id) ?? now) };
      if (known.get(path)?.signature === knownReport(content).signature) continue;
      if (isStopped()) return;
      const { apiVersion, kind, header } = this.#kind;
      const report = { apiVersion, kind, ...header, ...content };
      const stored = await this.#put(collection, { ...report, metadata: { ...content.metadata, name, namespace } });
      if (stored !== undefined) this.#remember(namespace, path, stored);
    }
    for (const path of [...known.keys()].filter((one) => !wanted.has(one))) {
      if (isStopped()) return;
      await this.#remove(path);
      known.delete(path);
    }
    if (this.#reports.get(namespace)?.size === 0) this.#reports.delete(namespace);
  }

  #remember(namespace: string, path: string, report: JsonObject): void {
    const reports = this.#reports.get(namespace) ?? new Map<string, KnownReport>();
    this.#reports.set(namespace, reports.set(path, knownReport(report)));
  }

  /** Creates the report, or patches the one that is there. Undefined if its namespace is gone, or going. */
  async #put(collection: string, report: JsonObject): Promise<JsonObject | undefined> {
    const { api } = this.#dependencies;
    const name = textAt(report, "metadata", "name") ?? "";
    const path = `${collection}/${name}`;
    for (let attempt = 1; ; attempt++) {
      await this.#rest();
      try {
        return await api.patch(path, "merge", report);
      } catch (error) {
        if (!isMissing(error) && !(isConflict(error) && attempt < ATTEMPTS)) throw error;
        if (isConflict(error)) continue;
      }
      await this.#rest();
      try {
        return await api.create(collection, report);
      } catch (error) {
        if (isMissing(error) || isTerminating(error)) return undefined;
        if (!isConflict(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #remove(path: string): Promise<void> {
    await this.#rest();
    try {
      await this.#dependencies.api.delete(path);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => this.#dependencies.clock.after(this.#pause, resolve));
  }
}

/** Whether nothing can be created since the namespace is being deleted. */
function isTerminating(error: unknown): boolean {
  return isForbidden(error) && error instanceof ApiError && error.message.includes("being terminated");
}
