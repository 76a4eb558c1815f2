import { countPhrase } from "../../examine/model/index.ts";
import { objectYaml } from "../../examine/yaml/index.ts";
import type { AnalysedService, Analysis } from "../analysis/index.ts";
import type { Lens } from "../model/index.ts";

/** One lens for each Service, in the order of the text: what would be stored, in a few words. */
export function lensesOf(analysis: Analysis): readonly Lens[] {
  return servicesOf(analysis).map((service, index) => ({
    start: service.range.start,
    end: service.range.end,
    title: titleOf(service, analysis),
    service: index,
    namespace: service.namespace,
    name: service.name,
  }));
}

/**
 * A Service as it would be stored, as `check --show stored` prints it: YAML, with placeholders for what the server allocates.
 * @param service its position among the Services of the text, from 0
 * @returns undefined if there is no such Service, or it is refused
 */
export function storedText(analysis: Analysis, service: number): string | undefined {
  const found = servicesOf(analysis)[service];
  return found?.stored && objectYaml(found.stored, found.allocated);
}

/** The Services of a text, in its order. */
export function servicesOf({ documents }: Analysis): readonly AnalysedService[] {
  return documents.flatMap(({ services }) => services);
}

function titleOf(service: AnalysedService, analysis: Analysis): string {
  const { stored } = service;
  if (stored === undefined) {
    const errors = countErrors(service, analysis);
    return errors === 0 ? "refused" : `refused: ${countPhrase(errors, "error")}`;
  }
  const type = stored.spec.clusterIP === "None" ? "headless" : (stored.spec.type ?? "ClusterIP");
  const allocated = allocations(service);
  return `stored as ${type}${allocated.length === 0 ? "" : ` · ${allocated.join(" and ")} allocated`}`;
}

/** The errors of the API server: what a policy denies is another matter. */
function countErrors({ range, namespace, name }: AnalysedService, { diagnostics }: Analysis): number {
  return diagnostics.filter(
    ({ severity, policy, subject, start }) =>
      severity === "error" &&
      policy === undefined &&
      subject?.namespace === namespace &&
      subject.name === name &&
      start >= range.start &&
      start <= range.end,
  ).length;
}

/** What the server allocates, by the fields of the spec that hold it. `clusterIPs` repeats `clusterIP`. */
const ALLOCATED: readonly (readonly [RegExp, string, string])[] = [
  [/^\/spec\/clusterIPs\/\d+$/, "address", "addresses"],
  [/^\/spec\/ports\/\d+\/nodePort$/, "node port", "node ports"],
  [/^\/spec\/healthCheckNodePort$/, "health check port", "health check ports"],
];

function allocations({ allocated }: AnalysedService): readonly string[] {
  return ALLOCATED.flatMap(([pointer, one, many]) => {
    const count = allocated.filter((each) => pointer.test(each)).length;
    return count === 0 ? [] : [countPhrase(count, one, many)];
  });
}
