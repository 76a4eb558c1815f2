import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { until } from "../webhook/harness.ts";
import { startServe } from "../webhook/serve-command.ts";
import { ROOT } from "../paths.ts";

/** The image's setting for new objects, with a heap as in a container of 512 MiB. */
const DOCKERFILE = readFileSync(join(ROOT, "Dockerfile"), "utf8");
const FLAGS = ["--max-old-space-size=154", ...(DOCKERFILE.match(/--max-semi-space-size=\d+/) ?? [])];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-heap-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function manyPolicies(): string {
  const rules = Array.from(
    { length: 10 },
    (_, i) => `{ rule: forbidden-labels, action: deny, parameters: { labels: [{ key: label-${i} }] } }`,
  );
  return Array.from(
    { length: 1000 },
    (_, i) =>
      `apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\nmetadata: { name: p${i} }\nspec: { match: { namespaces: [n${i}] }, rules: [${rules.join()}] }\n`,
  ).join("---\n");
}

it("a server in a small container rests once it has read many policies", async () => {
  const file = join(folder, "policies.yaml");
  writeFileSync(file, manyPolicies());
  const listening = ["--demo", "--host", "127.0.0.1", "--port", "0", "--health-port", "0"];
  const { healthPort } = await startServe([...listening, "--policy", file], { node: FLAGS }).ready();
  const secondsUsed = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
    return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]);
  };
  await until(async () => {
    const before = await secondsUsed();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return (await secondsUsed()) - before < 0.2;
  }, "two seconds in which it does next to nothing");
  expect(FLAGS).toHaveLength(2);
});
