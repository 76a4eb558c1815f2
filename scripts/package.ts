/**
 * `npm run package [-- --out FOLDER]`: makes the tarball that is published, and prints its path last. It has everything
 * bundled and depends on nothing; `dist` is not used and not changed.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isPolicyFile } from "#src/policy-files/sources.ts";
import { valueAt } from "#src/field/json.ts";
import { bundle } from "./bundle.ts";
import { publishedManifest } from "./published-manifest.ts";
import { libraryTypes } from "./library-types.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "." } } });
const out = resolve(values.out);
process.chdir(join(import.meta.dirname, ".."));

const folder = mkdtempSync(join(tmpdir(), "fairlead-package-"));
try {
  await bundle(join(folder, "dist"));
  writeFileSync(join(folder, "dist", "index.d.ts"), libraryTypes("src/index.ts"));
  const manifest = publishedManifest(JSON.parse(readFileSync("package.json", "utf8")));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ["README.md", "LICENSE", "CHANGELOG.md"]) copyFileSync(file, join(folder, file));
  cpSync("schemas", join(folder, "schemas"), { recursive: true });
  cpSync("policies", join(folder, "policies"), {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || isPolicyFile(path),
  });
  mkdirSync(out, { recursive: true });
  console.log(pack());
} finally {
  rmSync(folder, { recursive: true });
}

/** Returns the path of the tarball. */
function pack(): string {
  const printed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", out], {
    cwd: folder,
    encoding: "utf8",
  });
  const packed = valueAt(JSON.parse(printed), [0]);
  const megabytes = (key: string): string => `${(Number(valueAt(packed, [key])) / 1e6).toFixed(1)} MB`;
  console.log(`${megabytes("size")} packed, ${megabytes("unpackedSize")} unpacked, no dependencies`);
  return join(out, String(valueAt(packed, ["filename"])));
}
