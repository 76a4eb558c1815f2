import type { JsonObject } from "../../field/index.ts";
import { type ClusterDependencies, errorText, isForbidden, objectOf, watchCollection } from "../api/index.ts";

type Labels = Readonly<Record<string, string>>;

/** The labels of all namespaces, kept up to date by a watch. Nothing else of a namespace is kept in memory. */
export class NamespaceLabels {
  readonly #dependencies: ClusterDependencies;
  #items: ReadonlyMap<string, JsonObject> = new Map();
  readonly #labels = new WeakMap<JsonObject, Labels>();
  #stopWatching: () => void = () => undefined;
  #trouble: string | undefined;

  constructor(dependencies: ClusterDependencies) {
    this.#dependencies = dependencies;
  }

  start(): void {
    const { api, clock, log } = this.#dependencies;
    const onError = (error: unknown): void => {
      const trouble = errorText(error);
      if (trouble === this.#trouble) return;
      this.#trouble = trouble;
      const what = isForbidden(error) ? "may not be read" : "cannot be watched";
      log.warn({ trouble }, `the namespaces' labels ${what}: policies that select by them go by those known`);
    };
    this.#stopWatching = watchCollection({ api, clock, onError }, "/api/v1/namespaces", pickFields, (items) => {
      this.#trouble = undefined;
      this.#items = items;
    });
  }

  /** The labels of one namespace; undefined if they are not known. */
  of(namespace: string): Labels | undefined {
    const item = this.#items.get(`/${namespace}`);
    if (item === undefined) return undefined;
    const known = this.#labels.get(item);
    if (known !== undefined) return known;
    const labels = labelsOf(item);
    this.#labels.set(item, labels);
    return labels;
  }

  close(): void {
    this.#stopWatching();
  }
}

function pickFields({ metadata }: JsonObject): JsonObject {
  const { name, resourceVersion, labels } = objectOf(metadata);
  return { metadata: { name, resourceVersion, labels } };
}

/** The labels of an object. */
export function labelsOf(item: JsonObject): Labels {
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectOf(objectOf(item.metadata).labels))) {
    if (typeof value === "string") labels[key] = value;
  }
  return labels;
}
