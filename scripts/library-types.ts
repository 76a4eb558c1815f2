import { generateDtsBundle } from "dts-bundle-generator";

/**
 * The types of all that a module exports, as one declaration file that imports nothing.
 * @throws Error if the exports use types of something that a user may not have installed
 */
export function libraryTypes(module: string): string {
  const [types = ""] = generateDtsBundle(
    [
      {
        filePath: module,
        // What is imported only inside of the library is not in the types at all.
        libraries: { importedLibraries: [], allowedTypesLibraries: [] },
        output: { noBanner: true, exportReferencedTypes: false },
      },
    ],
    { preferredConfigPath: "tsconfig.json" },
  );
  const [imported] = /^.*(?:\bfrom "|\bimport\(|\bimport "|^\/\/\/ <reference).*$/m.exec(types) ?? [];
  if (imported !== undefined) throw new Error(`the library's types are not complete in themselves: ${imported}`);
  return types;
}
