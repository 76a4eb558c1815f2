import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { SHAPES } from "#scripts/precompile.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { VALID_BY_FORMAT } from "#src/policy/schema/formats.ts";
import { configSchema } from "#src/serve/config/schema.ts";
import { fairlead } from "../check/run-cli.ts";

describe("the schemas that are compiled without their meta-schema", () => {
  it.each(Object.entries({ ...SHAPES, configuration: configSchema() }))("%s is valid", (_, schema) => {
    const ajv = new Ajv({ strict: true, formats: VALID_BY_FORMAT });
    expect(ajv.validateSchema(schema)).toBe(true);
  });
});

describe("the bundle", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fairlead-precompile-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("checks the parameters of every rule", async () => {
    const rules = RULES.map(({ id }) => ({ rule: id, parameters: { nonsense: true } }));
    const policy = {
      apiVersion: "fairlead.dev/v1alpha1",
      kind: "ServicePolicy",
      metadata: { name: "all" },
      spec: { rules },
    };
    const file = join(folder, "policy.json");
    writeFileSync(file, JSON.stringify(policy));
    const { stderr } = await fairlead(["check", "--policy", file, folder]);
    expect(stderr.match(/rules\[\d+\]\.parameters\.nonsense: is not known/g)).toHaveLength(RULES.length);
  });
});
