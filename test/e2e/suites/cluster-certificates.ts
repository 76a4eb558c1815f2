import { runScenario } from "#test/cluster/run-scenario.ts";
import { type Scenario, SCENARIOS } from "#test/cluster/scenarios.ts";
import type { Cluster } from "../cluster.ts";
import { Installation } from "../installation.ts";
import { NO_OUTAGE, type Outage, outageByCommand } from "../outage.ts";
import { notRun, type Proof, Proofs } from "../proof.ts";
import { flagsFor, isRenewing, E2ECluster } from "../e2e-cluster.ts";

/** A minute to come true, for half of which a killed replica still counts; 3 seconds to stay true. */
const PATIENCE = { looks: 240, keeps: 12 } as const;
/** Every write of a Service depends on Fairlead, so every lost request shows. */
const FAIL = { mutate: "Fail", deny: "Fail", warn: "Fail" } as const;

/** The certificate scenarios of `test/cluster`, with real processes, a real API server and real time. */
export async function certificates(cluster: Cluster): Promise<readonly Proof[]> {
  const proofs = new Proofs();
  const outage = outageByCommand();
  for (const renewing of [false, true]) {
    const installation = await Installation.make(cluster, {
      values: { webhook: { failurePolicy: FAIL } },
      serverFlags: flagsFor(renewing),
    });
    try {
      for (const scenario of SCENARIOS.filter((one) => isRenewing(one) === renewing)) {
        const needsOutage = scenario.steps.some((step) => "api" in step);
        if (needsOutage && outage === undefined) proofs.all.push(notRun(scenario.name, NO_OUTAGE));
        else await proofs.prove(scenario.name, () => play(scenario, installation, outage));
      }
    } finally {
      await installation.close();
    }
  }
  return proofs.all;
}

async function play(scenario: Scenario, installation: Installation, outage: Outage | undefined): Promise<string> {
  const begun = Date.now();
  const cluster = await E2ECluster.make(installation, outage, scenario.registered ?? true);
  let calls = 0;
  const end = cluster.endTraffic.bind(cluster);
  cluster.endTraffic = async () => {
    const ended = await end();
    calls += ended.calls;
    return ended;
  };
  try {
    await runScenario(scenario, cluster, PATIENCE);
  } finally {
    await cluster.close();
  }
  const traffic = calls === 0 ? "" : `, ${calls} writes of Services meanwhile, 0 failed`;
  return `${scenario.steps.length} steps in ${Math.round((Date.now() - begun) / 1000)} s${traffic}`;
}
