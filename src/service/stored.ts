import type { ObjectMeta, Service, ServiceSpec } from "./schema/index.ts";

/**
 * The Service as the server shows it from then on. It stores no `selfLink`; a dry run, which stores nothing, still shows
 * it. Source: `PrepareObjectForStorage` of the storage, `defaultOnReadService` of the registry.
 */
export function asStored(service: Service, dryRun: boolean): Service {
  const metadata = dryRun ? service.metadata : withoutLink(service.metadata);
  const spec = asRead(service.spec);
  return metadata === service.metadata && spec === service.spec ? service : { ...service, metadata, spec };
}

function withoutLink(metadata: ObjectMeta): ObjectMeta {
  if (metadata.selfLink === undefined) return metadata;
  const stored = { ...metadata };
  delete stored.selfLink;
  return stored;
}

/**
 * The internal traffic policy of an ExternalName is validated, but not shown; a `clusterIP` is shown in `clusterIPs`, too:
 * that is what an update to ExternalName can leave behind.
 */
function asRead(spec: ServiceSpec): ServiceSpec {
  const { clusterIP, clusterIPs, internalTrafficPolicy } = spec;
  const isAlias = spec.type === "ExternalName" && internalTrafficPolicy !== undefined;
  const isAlone = clusterIP !== undefined && clusterIPs === undefined;
  if (!isAlias && !isAlone) return spec;
  const read = { ...spec };
  if (isAlias) read.internalTrafficPolicy = undefined;
  if (isAlone) read.clusterIPs = [clusterIP];
  return read;
}
