import { Path } from "../../../field/index.ts";
import { isHeadless, type Service, type ServicePort } from "../../../service/schema/index.ts";

/** Paths and predicates that several rules use. */
export const SPEC = Path.root.child("spec");
export const STATUS = Path.root.child("status");
export const METADATA = Path.root.child("metadata");
export const LABELS = METADATA.child("labels");
export const ANNOTATIONS = METADATA.child("annotations");

/**
 * The annotation for source ranges, older than the field and comma-separated; the API server reads it when the field is
 * empty.
 */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

export function isLoadBalancer({ spec }: Service): boolean {
  return spec.type === "LoadBalancer";
}

export function isExternalName({ spec }: Service): boolean {
  return spec.type === "ExternalName";
}

/** Whether the Service has a virtual IP: it is neither headless nor an ExternalName. */
export function hasClusterIP(service: Service): boolean {
  return !isExternalName(service) && !isHeadless(service.spec) && service.spec.clusterIP !== "None";
}

/** The ports of the Service with their paths. */
export function portsOf({ spec }: Service): readonly { readonly port: ServicePort; readonly path: Path }[] {
  return (spec.ports ?? []).map((port, index) => ({ port, path: SPEC.child("ports").index(index) }));
}

/** The value of a key in a map; own properties only, as a label may be called "constructor". */
export function ownValue(map: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
