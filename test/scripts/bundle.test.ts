import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { ROOT } from "../paths.ts";

it("the bundle is the same wherever it is built: it names no folder of this machine", () => {
  const dist = join(ROOT, "dist");
  const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => /\.c?js$/.test(name));
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((name) => readFileSync(join(dist, name), "utf8").includes(ROOT))).toEqual([]);
});
