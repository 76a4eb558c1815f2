import { describe, expect, it } from "@jest/globals";
import { Slices } from "#src/cluster/loop/slices.ts";

describe("slices of long work", () => {
  /** What happens in which order while two pieces of work are done, and something else wants its turn. */
  async function order(slices: Slices): Promise<readonly string[]> {
    const done: string[] = [];
    const other = new Promise<void>((resolve) => {
      setTimeout(() => {
        done.push("other");
        resolve();
      }, 0);
    });
    for (const piece of ["one", "two"]) {
      done.push(piece);
      await slices.next();
    }
    await other;
    return done;
  }

  it("go on at once until one is over", async () => {
    expect(await order(new Slices(60_000))).toEqual(["one", "two", "other"]);
  });

  it("leave turns to others after it", async () => {
    expect(await order(new Slices(0))).toEqual(["one", "other", "two"]);
  });
});
