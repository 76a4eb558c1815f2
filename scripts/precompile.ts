import { dirname } from "node:path";
import { _, Ajv, type Code, type Options } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { type Plugin, transformSync } from "esbuild";
import { isObject } from "#src/field/json.ts";
import { TEST_FILE_SHAPE } from "#src/policy-test/format.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import {
  MUTATING_BINDING,
  MUTATING_POLICY,
  VALIDATING_BINDING,
  VALIDATING_POLICY,
} from "#src/policy/schema/admission-policy.ts";
import { CHECKER_OPTIONS } from "#src/policy/schema/checker-options.ts";
import { DOCUMENT } from "#src/policy/schema/document.ts";
import { VALID_BY_FORMAT } from "#src/policy/schema/formats.ts";
import { CONFIG_SCHEMA_OPTIONS } from "#src/serve/config/schema-options.ts";
import { configSchema } from "#src/serve/config/schema.ts";
import { jsonSchema, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { FORMATS, STRUCTURE_OPTIONS } from "#src/service/schema/structure-options.ts";

/** The schemas of all shapes that a checker is compiled for, by the names that `compileChecker` is called with. */
export const SHAPES: Readonly<Record<string, object>> = {
  ServicePolicy: DOCUMENT.schema,
  ValidatingAdmissionPolicy: VALIDATING_POLICY.schema,
  ValidatingAdmissionPolicyBinding: VALIDATING_BINDING.schema,
  MutatingAdmissionPolicy: MUTATING_POLICY.schema,
  MutatingAdmissionPolicyBinding: MUTATING_BINDING.schema,
  "test file": TEST_FILE_SHAPE.schema,
  ...Object.fromEntries(RULES.map(({ id, parameters }) => [id, parameters])),
};

/** The modules that compile schemas, by the end of their paths, and what replaces them. */
const MODULES = [
  { path: "service/schema/structure.ts", text: structureModule },
  { path: "policy/schema/compile-schema.ts", text: checkersModule },
  { path: "serve/config/is-config.ts", text: configModule },
];

/** An esbuild plugin that replaces the modules that compile schemas by what they compile: no start needs ajv. */
export const precompiledSchemas: Plugin = {
  name: "precompiled-schemas",
  setup(build) {
    for (const { path, text } of MODULES) {
      const filter = new RegExp(`[\\/]${path.replaceAll("/", "[\\\\/]").replaceAll(".", "\\.")}$`);
      build.onLoad({ filter }, (module) => ({ contents: text(), loader: "js", resolveDir: dirname(module.path) }));
    }
  },
};

/** The check of a Service's structure. */
export function structureModule(): string {
  const ajv = ajvWith({ ...STRUCTURE_OPTIONS, formats: FORMATS }, _`FORMATS`);
  const code = standalone.default(ajv, ajv.compile(jsonSchema(SERVICE_SCHEMA)));
  return compact(`import { FORMATS } from "./structure-options.ts"; ${code} export { validate as isService };`);
}

/** The checks of policies, of rules' parameters and of test files. */
export function checkersModule(): string {
  const ajv = ajvWith({ ...CHECKER_OPTIONS, formats: VALID_BY_FORMAT }, _`VALID_BY_FORMAT`);
  const names = Object.keys(SHAPES);
  for (const name of names) ajv.addSchema(withoutDescriptions(SHAPES[name]), name);
  const code = standalone.default(ajv, Object.fromEntries(names.map((name, index) => [`shape${index}`, name])));
  const table = names.map((name, index) => `${JSON.stringify(name)}: shape${index}`);
  return compact(`import { VALID_BY_FORMAT } from "./formats.ts"; ${code}
    const compiled = { ${table.join(", ")} };
    export function compileSchema(name) { return compiled[name]; }`);
}

/** Of the schemas, errors name fields and values only. */
function withoutDescriptions(schema: object | undefined): object {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "description" && typeof value === "string" ? undefined : value,
  );
  const copy: unknown = JSON.parse(text);
  return isObject(copy) ? copy : {};
}

/** The check of a configuration. */
export function configModule(): string {
  const ajv = ajvWith(CONFIG_SCHEMA_OPTIONS);
  const code = standalone.default(ajv, ajv.compile(configSchema()));
  return compact(`${code} export { validate as isConfig };`);
}

/** @param formats the expression for the formats, in the code that is made */
function ajvWith(options: Options, formats?: Code): Ajv {
  return new Ajv({ ...options, code: { source: true, esm: true, ...(formats && { formats }) } });
}

function compact(code: string): string {
  return transformSync(code, { minify: true, format: "esm" }).code;
}
