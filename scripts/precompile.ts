import { dirname } from "node:path";
import { _, Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import type { Plugin } from "esbuild";
import { jsonSchema, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { FORMATS, STRUCTURE_OPTIONS } from "#src/service/schema/structure-options.ts";

/** An esbuild plugin that replaces `src/service/schema/structure.ts` with the compiled check of a Service's structure. */
export const precompiledStructure: Plugin = {
  name: "precompiled-structure",
  setup(build) {
    build.onLoad({ filter: /[\\/]service[\\/]schema[\\/]structure\.ts$/ }, ({ path }) => ({
      contents: structureModule(),
      loader: "js",
      resolveDir: dirname(path),
    }));
  },
};

/** The text of the module, with the same exports and the compiled function. */
export function structureModule(): string {
  const ajv = new Ajv({
    ...STRUCTURE_OPTIONS,
    formats: FORMATS,
    code: { source: true, esm: true, formats: _`FORMATS` },
  });
  const code = standalone.default(ajv, ajv.compile(jsonSchema(SERVICE_SCHEMA)));
  return `import { FORMATS } from "./structure-options.ts";\n${code}\nexport const isService = validate;\n`;
}
