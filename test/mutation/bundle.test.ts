import { expect, it } from "@jest/globals";
import { ROOT } from "../paths.ts";
import { bundleSuites } from "./bundle.ts";

// The mutation runner takes a quarter of an hour, and CI does not start it: this says that it could start.
it("the suites for mutation testing load with what the runner gives them, and register their tests", () => {
  const count = { tests: 0, blocks: 0 };
  const test = Object.assign(() => count.tests++, { each: () => () => count.tests++ });
  const describe = Object.assign(
    (_: string, block: () => void) => {
      count.blocks++;
      block();
    },
    { each: () => () => count.blocks++ },
  );
  const load = bundleSuites(ROOT, { "@jest/globals": { describe, it: test, test, expect } });
  load();
  expect(count.blocks).toBeGreaterThan(50);
  expect(count.tests).toBeGreaterThan(150);
});
