import { judge } from "../../engine/index.ts";
import type { Checkpoint, JsonObject } from "../../field/index.ts";
import type { InventoryView } from "../../inventory/model/index.ts";
import { NO_POLICIES, type PolicyFinding, type PolicySet, type RequestFacts } from "../../policy/model/index.ts";
import type { ClusterProfile } from "../../service/cluster/index.ts";
import { decode } from "../../service/decode/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { applyStaticDefaults, withoutServersFields } from "../../service/index.ts";
import type { KubernetesVersion } from "../../service/versions/index.ts";

/** A Service as a cluster stores it. */
export interface Stored {
  readonly namespace: string;
  readonly name: string;
  readonly object: JsonObject;
}

/** What stored objects are judged by. */
export interface AuditSettings {
  readonly version: KubernetesVersion;
  readonly cluster: ClusterProfile;
  readonly policies: PolicySet;
  /** `YYYY-MM-DD`, by which exemptions expire. */
  readonly today: string;
  /** The labels of a namespace, if they are known. */
  readonly namespaceLabels: (namespace: string) => Readonly<Record<string, string>> | undefined;
  /** What is around the Services; absent if nothing is known of it. */
  readonly inventory?: InventoryView | undefined;
  /** Ends a judgement that takes too long, by throwing TimeBudgetExceeded. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** What is found about a stored object: that the API server would refuse it or warn about it, or what a policy says. */
export type AuditFinding =
  | { readonly by: "server"; readonly severity: "error" | "warning"; readonly finding: Finding }
  | { readonly by: "policy"; readonly finding: PolicyFinding };

/**
 * Judges a stored Service twice: by the API server's rules as it would be created again, in a new namespace or from a backup, since
 * nobody validates what is stored; and by the policies as it is stored, without what they would fill in.
 * @throws {TimeBudgetExceeded} if the checkpoint throws it
 */
export function judgeStored(stored: Stored, settings: AuditSettings): AuditFinding[] {
  return [...serversFindings(stored, settings), ...policyFindings(stored, settings)];
}

function serversFindings({ namespace, object }: Stored, settings: AuditSettings): AuditFinding[] {
  const { version, cluster, today, checkpoint } = settings;
  const { causes, warnings } = judge({
    operation: "create",
    object: withoutServersFields(object),
    // What the cluster has allocated is in its ranges.
    dryRun: true,
    allStages: true,
    fieldValidation: "Ignore",
    cluster,
    version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today },
    checkpoint,
  });
  return [
    ...causes.map((finding) => ({ by: "server", severity: "error", finding }) as const),
    ...warnings.map((finding) => ({ by: "server", severity: "warning", finding }) as const),
  ];
}

function policyFindings({ namespace, object }: Stored, settings: AuditSettings): AuditFinding[] {
  const { policies, version, cluster, inventory, checkpoint } = settings;
  if (policies.size === 0) return [];
  const { service } = decode(object, { version, ignoreUnknown: true });
  if (service === undefined) return [];
  const found = policies.judge(applyStaticDefaults(service, version), {
    operation: "create",
    oldService: undefined,
    facts: factsAbout(namespace, settings),
    given: object,
    cluster,
    version,
    inventory,
    checkpoint,
  });
  return found.map((finding) => ({ by: "policy", finding }));
}

/** What is known about an object of a namespace that is stored: nobody sends it. */
export function factsAbout(namespace: string, { today, namespaceLabels }: AuditSettings): RequestFacts {
  return { namespace, namespaceLabels: namespaceLabels(namespace), today, origin: "server" };
}
