import { isObject, type JsonObject } from "#src/field/json.ts";

/** What of the repository's package.json is published. Not in it: dependencies, scripts, and what only the repository has. */
const PUBLISHED = [
  "name",
  "version",
  "description",
  "keywords",
  "homepage",
  "bugs",
  "repository",
  "author",
  "license",
  "type",
  "bin",
  "engines",
] as const;

/** The package.json of the published package. Everything is bundled, so that it has no dependencies. */
export function publishedManifest(manifest: unknown): JsonObject {
  if (!isObject(manifest)) throw new Error("package.json holds no object");
  const published = PUBLISHED.filter((key) => manifest[key] !== undefined).map((key) => [key, manifest[key]] as const);
  return {
    ...Object.fromEntries(published),
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
  };
}
