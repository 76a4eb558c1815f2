import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { parse } from "yaml";
import { valueAt } from "#src/field/json.ts";
import { helpLink } from "#src/examine/model/texts.ts";
import { ROOT } from "./paths.ts";

const HOME = "https://github.com/fairlead/fairlead";
const SITE = "https://fairlead.github.io/fairlead";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

it("package, chart and reports name one public address", () => {
  const manifest: unknown = JSON.parse(read("package.json"));
  const chart: unknown = parse(read("charts/fairlead/Chart.yaml"));
  expect(manifest).toMatchObject({
    homepage: SITE,
    repository: { type: "git", url: `git+${HOME}.git` },
    bugs: { url: `${HOME}/issues` },
  });
  expect(chart).toMatchObject({ home: HOME, sources: [HOME], maintainers: [{ url: HOME }] });
  for (const file of ["src/reports/formats/sarif.ts", "docs/ci.md"]) expect(read(file)).toContain(HOME);
  expect(helpLink("port-range")).toBe(`${SITE}/findings/port-range`);
});

it("Artifact Hub is told of the chart's owners and its definitions", () => {
  expect(parse(read("artifacthub-repo.yml"))).toMatchObject({ owners: [{ name: expect.any(String) }] });
  const chart: unknown = parse(read("charts/fairlead/Chart.yaml"));
  const definition: unknown = parse(read("charts/fairlead/files/crds/servicepolicies.yaml"));
  expect(parse(String(valueAt(chart, ["annotations", "artifacthub.io/crds"])))).toMatchObject([
    {
      kind: valueAt(definition, ["spec", "names", "kind"]),
      name: valueAt(definition, ["metadata", "name"]),
      version: valueAt(definition, ["spec", "versions", 0, "name"]),
    },
  ]);
});
