/** `npm run e2e [-- SUITE...]`: proves on the cluster of KUBECONFIG what cannot be proved without one. */
import { type Cluster, connect } from "./cluster.ts";
import { endInOrder, isInterrupted } from "./interrupt.ts";
import { type Proof, table } from "./proof.ts";
import { policy } from "./suites/policy.ts";
import { policyResource } from "./suites/policy-resource.ts";
import { webhook } from "./suites/webhook.ts";

const SUITES: Readonly<Record<string, (cluster: Cluster) => Promise<readonly Proof[]>>> = {
  webhook,
  policy,
  "policy-resource": policyResource,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(SUITES, name));
if (unknown.length > 0) {
  console.error(`no suite ${unknown.join(", ")}; there are ${Object.keys(SUITES).join(", ")}`);
  process.exit(2);
}

endInOrder();
const cluster = await connect();
console.log(`Kubernetes ${cluster.version}\n`);
let [held, failed] = [0, 0];
for (const [name, suite] of Object.entries(SUITES)) {
  if (isInterrupted() || (asked.length > 0 && !asked.includes(name))) continue;
  const proofs = await suite(cluster).catch(brokenOff);
  console.log(table(name, proofs));
  held += proofs.filter(({ holds }) => holds).length;
  failed += proofs.filter(({ holds }) => !holds).length;
}
console.log(`${held} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A suite that did not come to its end proves that much less; it has taken away what it made. */
function brokenOff(error: unknown): readonly Proof[] {
  const seen = error instanceof Error && !isInterrupted() ? (error.stack ?? error.message) : String(error);
  return [{ what: "the suite comes to its end", holds: false, seen }];
}
