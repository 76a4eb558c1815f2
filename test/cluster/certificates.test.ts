import { expect, it } from "@jest/globals";
import { runScenario } from "./run-scenario.ts";
import { SCENARIOS } from "./scenarios.ts";
import { TestWorld } from "./world.ts";

it.each(SCENARIOS)(
  "$name",
  async (scenario) => {
    const world = await TestWorld.make(scenario.registered ?? true);
    try {
      await expect(runScenario(scenario, world, { looks: 400, keeps: 12 })).resolves.toBeUndefined();
    } finally {
      await world.close();
    }
  },
  30_000,
);
