import { afterAll, describe, expect, it } from "@jest/globals";
import { keptCases } from "#fuzz/kept.ts";
import type { TargetName } from "#fuzz/target.ts";
import { type Player, playerNamed } from "#fuzz/targets/index.ts";

const players = new Map<TargetName, Player>();
afterAll(async () => {
  for (const player of players.values()) await player.close();
});

function player(target: TargetName): Player {
  const known = players.get(target) ?? playerNamed(target);
  players.set(target, known);
  return known;
}

describe("cases that once broke an invariant", () => {
  it.each(keptCases().map(({ file, target, why, input }) => ({ file, target, why, input })))(
    "$file: $why",
    async ({ target, input }) => {
      await expect(player(target).replay(input)).resolves.toBeUndefined();
    },
  );
});
