import { equalJsonOrEmpty } from "../../../field/index.ts";
import type { ServiceEntry } from "../../../inventory/model/index.ts";
import type { Service, ServiceSpec } from "../../../service/schema/index.ts";
import { isManifest } from "../../model/index.ts";
import type { RuleContext } from "../kit/index.ts";

/**
 * Whether what is behind the Service can be judged now. In files all is there at once, unless a patch changes it. In a cluster it comes one by one, and
 * Helm and most people create a Service before its Pods: there it is judged once it is stored, and by an update only if that
 * changes what the rule reads.
 */
export function isSettled(service: Service, context: RuleContext, reads: readonly (keyof ServiceSpec)[]): boolean {
  const { facts, operation, oldService, inventory } = context;
  const known = (): ServiceEntry | undefined => inventory?.service(facts.namespace, service.metadata.name ?? "");
  if (isManifest(facts)) return !reads.includes("ports") || known()?.arePortsOpen !== true;
  if (operation === "create") return known() !== undefined;
  return oldService === undefined || reads.some((key) => !equalJsonOrEmpty(service.spec[key], oldService.spec[key]));
}
