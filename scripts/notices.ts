import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { valueAt } from "#src/field/json.ts";

const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
/** Files that a licence asks to pass on, by the names that packages give them. */
const LICENCE_FILE = /^(licen[cs]e|unlicen[cs]e|copying|notice)\b/i;

/** The folders of the packages that have code in a bundle. */
export function bundledPackages({ outputs }: Metafile): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap((file) => PACKAGE_FOLDER.exec(file) ?? []);
  return [...new Set(folders)].sort();
}

/**
 * The licences of packages, one after the other.
 * @param folders the packages' folders
 * @throws Error if a package has no licence file: somebody must find out under which terms it may be passed on
 */
export function noticesOf(folders: readonly string[]): string {
  const head = "Fairlead contains code of the packages below, under their licences.\n";
  return [head, ...folders.map(noticeOf)].join(`\n${"-".repeat(80)}\n\n`);
}

function noticeOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [name, version, licence] = ["name", "version", "license"].map((key) => String(valueAt(manifest, [key])));
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), "utf8").replaceAll("\r\n", "\n").trim());
  if (texts.length === 0) throw new Error(`${folder} is bundled, and has no file with its licence`);
  return `${name} ${version} (${licence})\n\n${texts.join("\n\n")}\n`;
}
