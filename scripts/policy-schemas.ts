/**
 * `node scripts/policy-schemas.ts [--check]`: writes the published schemas of policies, or checks that they are
 * current: the JSON schema for editors, and the custom resource definition and ready-made policies of the chart.
 */
import { format } from "prettier";
import { stringify } from "yaml";
import { customResource, editorSchema, testEditorSchema } from "#src/policy/reference/published-schemas.ts";
import { TEST_FILE_SHAPE } from "#src/policy-test/format.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { writePolicyCopies } from "./chart-policies.ts";
import { writeOrCheck } from "./generated.ts";

const schema = await format(JSON.stringify(editorSchema(RULES)), { parser: "json", printWidth: 120 });
writeOrCheck("schemas/service-policy.schema.json", schema);

const testSchema = await format(JSON.stringify(testEditorSchema(TEST_FILE_SHAPE.schema, RULES)), {
  parser: "json",
  printWidth: 120,
});
writeOrCheck("schemas/policy-test.schema.json", testSchema);

const resource = stringify(customResource(), { lineWidth: 0, aliasDuplicateObjects: false });
const text = `# Made by scripts/policy-schemas.ts from the same source as the JSON schema: change it there.\n${resource}`;
writeOrCheck(
  "charts/fairlead/files/crds/servicepolicies.yaml",
  await format(text, { parser: "yaml", printWidth: 120 }),
);

writePolicyCopies();
