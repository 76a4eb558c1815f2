import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { ROOT } from "../../paths.ts";
import { fairlead } from "../run-cli.ts";

const path = (file: string): string => join(ROOT, "test", "cases", `${file}.yaml`);

describe("an update of a Service that is known by its old manifest", () => {
  test.each([
    { old: "01-clusterip-immutable-old", file: "01-clusterip-immutable", rules: ["immutable"] },
    { old: "01-clusterip-immutable-old", file: "02-clusterip-empty", rules: [] },
    { old: "07-ipfamily-switch-old", file: "07-ipfamily-switch", rules: ["primary-family-immutable"] },
    { old: "08-lbclass-later-old", file: "08-lbclass-later", rules: ["immutable"] },
    { old: "300b-clusterip-none.old", file: "300b-clusterip-none.new", rules: ["immutable"] },
    { old: "300f-clusterip-explicit.old", file: "300f-clusterip-explicit.new", rules: ["immutable"] },
    { old: "303c-dual-to-single6.old", file: "303c-dual-to-single6.new", rules: ["primary-family-immutable"] },
    { old: "305-lbclass-add.old", file: "305-lbclass-add.new", rules: ["immutable"] },
    { old: "541-lbclass-webhook.old", file: "541-lbclass-webhook.new", apply: "replace", rules: ["immutable"] },
  ])("$file: $rules", async ({ old, file, rules, apply = "client" }) => {
    const args = ["check", "--against", path(old), "--apply", apply, "--format", "json", path(file)];
    const { stdout } = await fairlead(args);
    const found = [...stdout.matchAll(/"rule": ?"([^"]+)"/g)].map(([, rule]) => rule);
    expect(found.filter((rule) => rule?.includes("immutable"))).toEqual(rules);
  });
});
