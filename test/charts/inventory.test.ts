import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { objectsAt, textAt, textsAt } from "#src/cluster/api/kubernetes-api.ts";
import { COLLECTIONS } from "#src/cluster/inventory/collections.ts";
import { valueAt } from "#src/field/json.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { readyMadePolicies } from "#scripts/chart-policies.ts";
import { CHART, only, render } from "./support/chart.ts";

/** What the ClusterRole allows to list and watch, as `GROUP/RESOURCE`, and whether the server is told to. */
async function rendered(values: Readonly<Record<string, unknown>>) {
  const objects = await render({ values });
  const rights = objectsAt(only(objects, "ClusterRole"), "rules")
    .filter((rule) => textsAt(rule, "verbs").join() === "list,watch")
    .flatMap((rule) => textsAt(rule, "resources").map((one) => `${textsAt(rule, "apiGroups")[0] ?? ""}/${one}`));
  const config: unknown = parse(textAt(only(objects, "ConfigMap", "fairlead"), "data", "config.yaml") ?? "");
  return { rights: new Set(rights), setting: valueAt(config, ["kubernetes", "inventory"]) };
}

const ALL = COLLECTIONS.map(({ group, resource }) => `${group}/${resource}`);
const needing = new Map(RULES.flatMap(({ id, needs = [] }) => (needs.length === 0 ? [] : [[id, needs] as const])));

describe("the value inventory", () => {
  it.each([
    { name: "on", inventory: "on" },
    { name: "on without quotes, which is a boolean in YAML", inventory: true },
  ])("$name: everything that is read may be read", async ({ inventory }) => {
    const { rights, setting } = await rendered({ inventory });
    expect(ALL.filter((one) => !rights.has(one))).toEqual([]);
    expect(setting).toBe("watch");
  });

  it.each([{ inventory: "off" }, { inventory: false }, { inventory: "auto" }])(
    "$inventory, and no policy needs it: nothing may be read",
    async ({ inventory }) => {
      const { rights, setting } = await rendered({ inventory });
      expect(ALL.filter((one) => rights.has(one))).toEqual([]);
      expect(setting).toBeUndefined();
    },
  );

  it.each(readyMadePolicies())("auto: what the policy %s needs may be read, and nothing else", async (name) => {
    const policy: unknown = parse(readFileSync(`${CHART}/files/policies/${name}.yaml`, "utf8"));
    const ids = objectsAt(policy, "spec", "rules").map((rule) => textAt(rule, "rule") ?? "");
    const needs = new Set(ids.flatMap((id) => needing.get(id) ?? []));
    const { rights, setting } = await rendered({ policies: { enabled: [name] } });
    const wanted = COLLECTIONS.filter((one) => one.needs.some((need) => needs.has(need)));
    expect(ALL.filter((one) => rights.has(one)).sort()).toEqual(
      wanted.map(({ group, resource }) => `${group}/${resource}`).sort(),
    );
    expect(setting).toBe(needs.size === 0 ? undefined : "watch");
  });
});
