import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Draws } from "#fuzz/draws.ts";
import { mutateText, yamlOf } from "#fuzz/generators/manifest-text.ts";
import { drawService } from "#fuzz/generators/service.ts";
import { checkFixed } from "#fuzz/invariants/fixed.ts";
import { checkNoNewErrors } from "#fuzz/invariants/no-new-errors.ts";
import type { Context } from "#src/examine/findings/context.ts";
import { makeContext } from "#src/check/context/context.ts";
import { examine } from "#src/examine/findings/examine.ts";
import { fixText } from "#src/examine/fixes/index.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";
import { valueAt } from "#src/field/json.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { fairlead } from "../run-cli.ts";

const settings = defaultSettings("2026-11-26");
const CONTEXTS: readonly Context[] = await Promise.all(
  [
    settings,
    { ...settings, cluster: PROFILES.ipv4 },
    { ...settings, cluster: PROFILES.dual, fieldValidation: "Warn" as const },
    { ...settings, cluster: PROFILES.dual6, version: { minor: 30 } },
  ].map((each) => makeContext({ settings: each, old: undefined, wantsServices: false })),
);

const seed = fc.integer();
const manifests = fc.tuple(seed, seed, fc.boolean()).map(([a, b, isMutated]) => {
  const draws = new Draws(a, b);
  const text = yamlOf(draws, drawService(draws));
  return isMutated ? mutateText(draws, text, draws.between(1, 3)) : text;
});

describe("a fix", () => {
  it("brings no error in, changes nothing the second time, and leaves everything else", () => {
    let fixed = 0;
    fc.assert(
      fc.property(manifests, fc.constantFrom(...CONTEXTS), (text, context) => {
        const once = fixText(text, "a.yaml", context).text;
        if (once === text) return;
        fixed++;
        checkNoNewErrors(text, once, "a.yaml", context);
        expect(fixText(once, "a.yaml", context).text).toBe(once);
        checkFixed(text, once, "a.yaml");
      }),
      { seed: 20261127, numRuns: 4000 },
    );
    expect(fixed).toBeGreaterThan(500);
  }, 240_000);
});

const HEAD = 'apiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { a: &a "80" } }\n';

describe("a fix whose outcome is refused as well is not offered", () => {
  it.each([
    {
      name: "a family that is there already",
      spec: "ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, ipv4]",
      fix: '"IPv4" occurs twice in ipFamilies',
    },
    { name: "a port out of range", spec: 'ports: [{ port: "99999" }]', fix: "port is 99999" },
    {
      name: "a node port out of range, behind a misspelled type",
      spec: 'type: nodeport, ports: [{ port: 80, nodePort: "80" }]',
      fix: "node port 80 is outside",
      fixed: 'type: NodePort, ports: [{ port: 80, nodePort: "80" }]',
    },
    {
      name: "a protocol that another port has",
      spec: "ports: [{ name: a, port: 80 }, { name: b, port: 80, protocol: tcp }]",
      fix: "port 80 occurs twice for TCP",
    },
  ])("$name", ({ spec, fix, fixed }) => {
    const text = `${HEAD}spec: { ${spec} }\n`;
    const [context] = CONTEXTS;
    if (context === undefined) throw new Error("no context");
    const fixes = [...examine(text, "a.yaml", context)].flatMap((event) =>
      event.type === "finding" ? [event.finding.fix ?? ""] : [],
    );
    expect(fixes.join("\n")).toContain(`the obvious fix is refused as well: ${fix}`);
    expect(fixText(text, "a.yaml", context).text).toBe(`${HEAD}spec: { ${fixed ?? spec} }\n`);
  });

  it("nor is one that is made at an anchor, for a value elsewhere", () => {
    const text = `${HEAD.replace("&a ", "")}spec: { ports: [{ port: &p "80" }], selector: { a: *p } }\n`;
    for (const context of CONTEXTS) expect(fixText(text, "a.yaml", context).text).toBe(text);
  });

  it("where unknown fields are warned of, a rename that turns an accepted Service into a refused one", () => {
    const text = `${HEAD}spec: { ports: [{ port: 80, nodeport: 30080 }] }\n`;
    for (const context of CONTEXTS) {
      const isRenamed = context.settings.fieldValidation !== "Warn";
      expect(fixText(text, "a.yaml", context).text).toBe(isRenamed ? text.replace("nodeport", "nodePort") : text);
    }
  });
});

describe("the command", () => {
  it("brings no error into files, and changes nothing the second time", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fairlead-no-new-errors-"));
    try {
      const texts = fc.sample(manifests, { seed: 20261127, numRuns: 60 });
      await Promise.all(texts.map((text, index) => writeFile(join(folder, `${index}.yaml`), text)));
      const before = await commandErrors(folder);
      await fairlead(["check", "--fix", folder]);
      const after = await commandErrors(folder);
      expect([...after].filter(([key, count]) => count > (before.get(key) ?? 0))).toEqual([]);
      const contents = () => Promise.all(texts.map((_, index) => readFile(join(folder, `${index}.yaml`), "utf8")));
      const once = await contents();
      expect(once).not.toEqual(texts);
      await fairlead(["check", "--fix", folder]);
      expect(await contents()).toEqual(once);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});

/** The errors that the command reports, by file, rule and field; not those between files. */
async function commandErrors(folder: string): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await fairlead(["check", "--strict-files", "--format", "json", folder]);
  const findings: unknown = valueAt(JSON.parse(stdout), ["findings"]);
  const errors = new Map<string, number>();
  for (const finding of Array.isArray(findings) ? findings : []) {
    if (valueAt(finding, ["severity"]) !== "error") continue;
    const key = ["file", "rule", "field"].map((name) => String(valueAt(finding, [name]))).join(" ");
    if (!/-twice |duplicate-name /.test(key)) errors.set(key, (errors.get(key) ?? 0) + 1);
  }
  return errors;
}
