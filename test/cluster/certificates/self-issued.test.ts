import { expect, it } from "@jest/globals";
import { runScenario } from "../run-scenario.ts";
import { SCENARIOS } from "../scenarios.ts";
import { TestCluster } from "../test-cluster.ts";

it.each(SCENARIOS)("$name", async (scenario) => {
  const cluster = await TestCluster.make(scenario.registered ?? true);
  try {
    await expect(runScenario(scenario, cluster, { looks: 400, keeps: 12 })).resolves.toBeUndefined();
  } finally {
    await cluster.close();
  }
});

it("no two replicas undo each other's work: a renewal writes each registration twice", async () => {
  const cluster = await TestCluster.make(true);
  try {
    const patience = { looks: 400, keeps: 12 };
    const settled = ["trusted", "agreed", "one CA"] as const;
    await runScenario(
      { name: "start", steps: [{ start: ["a", "b", "c"] }, { until: settled }, { remember: "certificates" }] },
      cluster,
      patience,
    );
    expect(cluster.registrationWrites()).toEqual([1, 1]);
    await runScenario(
      {
        name: "renew",
        steps: [{ pass: "until renewal" }, { until: ["two CAs"] }, { until: settled }, { keeps: settled }],
      },
      cluster,
      patience,
    );
    expect(cluster.registrationWrites()).toEqual([3, 3]);
  } finally {
    await cluster.close();
  }
});
