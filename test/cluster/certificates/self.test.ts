import { expect, it } from "@jest/globals";
import { runScenario } from "../run-scenario.ts";
import { SCENARIOS } from "../scenarios.ts";
import { TestWorld } from "../world.ts";

it.each(SCENARIOS)("$name", async (scenario) => {
  const world = await TestWorld.make(scenario.registered ?? true);
  try {
    await expect(runScenario(scenario, world, { looks: 400, keeps: 12 })).resolves.toBeUndefined();
  } finally {
    await world.close();
  }
});

it("no two replicas undo each other's work: a renewal writes each registration twice", async () => {
  const world = await TestWorld.make(true);
  try {
    const patience = { looks: 400, keeps: 12 };
    const settled = ["trusted", "agreed", "one CA"] as const;
    await runScenario(
      { name: "start", steps: [{ start: ["a", "b", "c"] }, { until: settled }, { remember: "certificates" }] },
      world,
      patience,
    );
    expect(world.registrationWrites()).toEqual([1, 1]);
    await runScenario(
      {
        name: "renew",
        steps: [{ pass: "until renewal" }, { until: ["two CAs"] }, { until: settled }, { keeps: settled }],
      },
      world,
      patience,
    );
    expect(world.registrationWrites()).toEqual([3, 3]);
  } finally {
    await world.close();
  }
});
