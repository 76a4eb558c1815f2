import { getIfPresent, isForbidden, type KubernetesApi, objectsAt, textAt } from "../api/index.ts";

/** A kind of report that other programs read. */
export interface ReportKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
  /** What a report says besides its results. */
  readonly header: Readonly<Record<string, string>>;
}

/**
 * The kinds of reports, the first one that a cluster has is written. Sources: `apis/openreports.io/v1alpha1` of
 * openreports/reports-api, `policy-report/crd/v1alpha2` of kubernetes-sigs/wg-policy-prototypes.
 */
export const REPORT_KINDS: readonly ReportKind[] = [
  { apiVersion: "openreports.io/v1alpha1", kind: "Report", resource: "reports", header: { source: "fairlead" } },
  { apiVersion: "wgpolicyk8s.io/v1alpha2", kind: "PolicyReport", resource: "policyreports", header: {} },
];

/** The kinds of reports that the cluster has. @throws ApiError if the API server cannot be reached */
export async function servedReportKinds(api: KubernetesApi): Promise<ReportKind[]> {
  const served: ReportKind[] = [];
  for (const kind of REPORT_KINDS) if (await isServed(api, kind)) served.push(kind);
  return served;
}

async function isServed(api: KubernetesApi, { apiVersion, resource }: ReportKind): Promise<boolean> {
  try {
    const resources = objectsAt(await getIfPresent(api, `/apis/${apiVersion}`), "resources");
    return resources.some((one) => textAt(one, "name") === resource);
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

/** The path of the reports of a kind: of one namespace, or of all. */
export function pathOf({ apiVersion, resource }: ReportKind, namespace?: string): string {
  return namespace === undefined
    ? `/apis/${apiVersion}/${resource}`
    : `/apis/${apiVersion}/namespaces/${namespace}/${resource}`;
}
