/** `npm run e2e [-- SUITE...]`: proves with the cluster of KUBECONFIG what cannot be proved without one. */
import { type Cluster, connect } from "./cluster.ts";
import { endInOrder, isInterrupted } from "./interrupt.ts";
import { type Proof, table } from "./proof.ts";
import { audit } from "./suites/audit.ts";
import { auditOfRelease } from "./suites/cluster-audit.ts";
import { calls } from "./suites/cluster-calls.ts";
import { certificates } from "./suites/cluster-certificates.ts";
import { disruption } from "./suites/cluster-disruption.ts";
import { inventory } from "./suites/cluster-inventory.ts";
import { install } from "./suites/cluster-install.ts";
import { lifecycle } from "./suites/cluster-lifecycle.ts";
import { outage } from "./suites/cluster-outage.ts";
import { clusterPolicies } from "./suites/cluster-policies.ts";
import { rollout } from "./suites/cluster-rollout.ts";
import { rotation } from "./suites/cluster-rotation.ts";
import { upgrade } from "./suites/cluster-upgrade.ts";
import { provided } from "./suites/cluster-provided.ts";
import { expressions } from "./suites/expressions.ts";
import { policyResource } from "./suites/policy-resource.ts";
import { policy } from "./suites/policy.ts";
import { webhook } from "./suites/webhook.ts";

const SUITES: Readonly<Record<string, (cluster: Cluster) => Promise<readonly Proof[]>>> = {
  webhook,
  policy,
  "policy-resource": policyResource,
  expressions,
  install,
  outage,
  "cluster-policies": clusterPolicies,
  audit,
  "chart-audit": auditOfRelease,
  calls,
  inventory,
  provided,
  certificates,
  "cluster-rollout": rollout,
  "cluster-disruption": disruption,
  "cluster-lifecycle": lifecycle,
  "cluster-rotation": rotation,
  "cluster-upgrade": upgrade,
};

const requested = process.argv.slice(2);
const unknown = requested.filter((name) => !Object.hasOwn(SUITES, name));
if (unknown.length > 0) {
  console.error(`no suite ${unknown.join(", ")}; there are ${Object.keys(SUITES).join(", ")}`);
  process.exit(2);
}

endInOrder();
const cluster = await connect();
console.log(`Kubernetes ${cluster.version}\n`);
const all: Proof[] = [];
for (const [name, suite] of Object.entries(SUITES)) {
  if (isInterrupted() || (requested.length > 0 && !requested.includes(name))) continue;
  const proofs = await suite(cluster).catch(brokenOff);
  console.log(table(name, proofs));
  all.push(...proofs);
}
const count = (wanted: Proof["holds"]): number => all.filter(({ holds }) => holds === wanted).length;
console.log(`${count(true)} passed, ${count(false)} failed, ${count("not run")} not run`);
process.exitCode = count(false) === 0 ? 0 : 1;

/** A suite that was aborted has proved less, but has cleaned up. */
function brokenOff(error: unknown): readonly Proof[] {
  const seen = error instanceof Error && !isInterrupted() ? (error.stack ?? error.message) : String(error);
  return [{ what: "the suite comes to its end", holds: false, seen }];
}
