import { join } from "node:path";
import { ROOT } from "../paths.ts";
import type { Cluster } from "./cluster.ts";
import { eventually } from "./process.ts";
import { must } from "./proof.ts";

const FOLDER = join(ROOT, "test", "e2e", "crds");

/** The kinds of reports, by the names of their definitions. */
export const REPORT_KINDS = [
  { resource: "policyreports.wgpolicyk8s.io", kind: "PolicyReport" },
  { resource: "reports.openreports.io", kind: "Report" },
] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** Does something while the cluster has these kinds of reports; those that it did not have are removed after it. */
export async function withReportKinds(
  cluster: Cluster,
  kinds: readonly ReportKind[],
  work: () => Promise<void>,
): Promise<void> {
  const made: string[] = [];
  try {
    for (const { resource } of kinds) {
      if ((await cluster.kubectl(["get", `crd/${resource}`])).code !== 0) {
        made.push(resource);
        const { code, stderr } = await cluster.kubectl(["apply", "-f", join(FOLDER, `${resource}.yaml`)]);
        must(code === 0, stderr);
      }
      await eventually(`${resource} can be listed`, async () =>
        (await cluster.kubectl(["get", resource, "-A"])).code === 0 ? true : undefined,
      );
    }
    await work();
  } finally {
    for (const resource of made) await cluster.kubectl(["delete", `crd/${resource}`, "--ignore-not-found"]);
  }
}
