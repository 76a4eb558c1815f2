import { Path } from "../../field/path.ts";
import { isHeadless } from "../../service/predicates.ts";
import type { Service, ServicePort } from "../../service/types.ts";

/** Paths and questions that several rules need. */
export const SPEC = Path.root.child("spec");
export const STATUS = Path.root.child("status");
export const METADATA = Path.root.child("metadata");
export const LABELS = METADATA.child("labels");
export const ANNOTATIONS = METADATA.child("annotations");

/** An older, comma-separated form of the source ranges; the API server looks at it when the field is empty. */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

export function isLoadBalancer({ spec }: Service): boolean {
  return spec.type === "LoadBalancer";
}

export function isExternalName({ spec }: Service): boolean {
  return spec.type === "ExternalName";
}

/** Whether it has a virtual address: neither headless nor an alias. */
export function hasClusterIP(service: Service): boolean {
  return !isExternalName(service) && !isHeadless(service.spec) && service.spec.clusterIP !== "None";
}

/** The ports with their paths. */
export function portsOf({ spec }: Service): readonly { readonly port: ServicePort; readonly path: Path }[] {
  return (spec.ports ?? []).map((port, index) => ({ port, path: SPEC.child("ports").index(index) }));
}

/** The entry of a map, its own properties only: a label may be called "constructor". */
export function entryOf(map: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
