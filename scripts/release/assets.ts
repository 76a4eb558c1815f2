/**
 * `node scripts/release/assets.ts --out FOLDER --image IMAGE`: makes what is attached to a release in `FOLDER/assets`, with checksums, and
 * its notes in `FOLDER/notes.md`. Chart and manifests name the image as it is pushed; those of the repository name the one
 * that people build themselves.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { valueAt } from "#src/field/json.ts";
import { tools } from "../tools.ts";
import { krewManifest } from "./krew.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const { values } = parseArgs({ options: { out: { type: "string", default: "release" }, image: { type: "string" } } });
const image = values.image ?? "fairlead/fairlead";
const out = resolve(values.out);
const assets = join(out, "assets");
const manifest: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const version = String(valueAt(manifest, ["version"]));
const homepage = String(valueAt(manifest, ["repository", "url"])).replace(/^git\+|\.git$/g, "");

rmSync(out, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

run(process.execPath, ["scripts/package.ts", "--out", assets]);
const tarball = `fairlead-${version}.tgz`;

// Helm gives it the name that npm gives its package, so it is made elsewhere.
const { helm } = await tools();
const chart = join(out, "fairlead");
cpSync(join(ROOT, "charts/fairlead"), chart, { recursive: true });
replaceIn(join(chart, "values.yaml"), /^( {2}repository: ).*$/m);
run(helm, ["package", chart, "--destination", out]);
rmSync(chart, { recursive: true });
renameSync(join(out, tarball), join(assets, `fairlead-chart-${version}.tgz`));

for (const file of ["crds.yaml", "fairlead.yaml"]) copyFileSync(join(ROOT, "deploy", file), join(assets, file));
replaceIn(join(assets, "fairlead.yaml"), /^( *image: )[^:]*(?=:)/m);

for (const [format, ending] of [
  ["cyclonedx", "cdx"],
  ["spdx", "spdx"],
] as const) {
  const sbom = run(process.execPath, ["scripts/sbom.ts", format]);
  writeFileSync(join(assets, `fairlead-${version}.${ending}.json`), sbom);
}
const uri = `${homepage}/releases/download/v${version}/${tarball}`;
writeFileSync(join(assets, "krew.yaml"), krewManifest({ version, uri, sha256: sha256(tarball), homepage }));

const sums = readdirSync(assets)
  .sort()
  .map((file) => `${sha256(file)}  ${file}\n`);
writeFileSync(join(assets, "SHA256SUMS"), sums.join(""));
writeFileSync(join(out, "notes.md"), notes());
for (const file of readdirSync(assets)) console.log(join(assets, file));

/** Puts the image's name where the pattern finds another one, after its first group. */
function replaceIn(file: string, pattern: RegExp): void {
  const text = readFileSync(file, "utf8");
  if (!pattern.test(text)) throw new Error(`${file} names no image`);
  writeFileSync(
    file,
    text.replace(pattern, (_found, before: string) => `${before}${image}`),
  );
}

function run(program: string, args: readonly string[]): Buffer {
  return execFileSync(program, args, { cwd: ROOT, maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "inherit"] });
}

function sha256(file: string): string {
  return createHash("sha256")
    .update(readFileSync(join(assets, file)))
    .digest("hex");
}

/** The section of the changelog about this version. */
function notes(): string {
  const [release = ""] = version.split("-");
  const changelog = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
  const [, section] = changelog.split(new RegExp(`^## ${release.replaceAll(".", "\\.")} .*$`, "m"));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${release}`);
  const [own = ""] = section.split(/^## /m);
  return `${own.trim()}\n`;
}
