import { dirname } from "node:path";
import { _, Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import type { Plugin } from "esbuild";
import { jsonSchema, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { FORMATS, STRUCTURE_OPTIONS } from "#src/service/schema/structure-options.ts";

/** For esbuild: puts the compiled check of a Service's structure in the place of `src/service/schema/structure.ts`. */
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

/** The module's text: the same names, and the function already compiled. */
export function structureModule(): string {
  const ajv = new Ajv({
    ...STRUCTURE_OPTIONS,
    formats: FORMATS,
    code: { source: true, esm: true, formats: _`FORMATS` },
  });
  const code = standalone.default(ajv, ajv.compile(jsonSchema(SERVICE_SCHEMA)));
  return `import { FORMATS } from "./structure-options.ts";\n${code}\nexport const isService = validate;\n`;
}
