/**
 * `npm run --silent sbom [-- cyclonedx|spdx]`: prints the bill of materials of what is shipped. `npm sbom`
 * itself refuses a tree in which two development tools disagree over a third, and with `--omit dev` leaves out production
 * packages that such tools use as well. It therefore runs on the production packages only.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, type JsonObject } from "#src/field/json.ts";

const ROOT = join(import.meta.dirname, "..");
const [format = "cyclonedx"] = process.argv.slice(2);

const parent = mkdtempSync(join(tmpdir(), "fairlead-sbom-"));
// npm uses the name of the folder as the name of the package.
const folder = join(parent, "fairlead");
try {
  mkdirSync(folder);
  const manifest = without(jsonOf("package.json"), ["devDependencies", "scripts", "overrides"]);
  const lock = jsonOf("package-lock.json");
  const packages = isObject(lock["packages"]) ? lock["packages"] : {};
  const shipped = Object.entries(packages).filter(([, one]) => isObject(one) && one["dev"] !== true);
  const root = isObject(packages[""]) ? without(packages[""], ["devDependencies"]) : {};
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "package-lock.json"),
    JSON.stringify({ ...lock, packages: { ...Object.fromEntries(shipped), "": root } }),
  );
  process.stdout.write(
    execFileSync("npm", ["sbom", "--sbom-format", format, "--package-lock-only"], { cwd: folder, maxBuffer: 2 ** 26 }),
  );
} finally {
  rmSync(parent, { recursive: true });
}

function jsonOf(file: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(join(ROOT, file), "utf8"));
  if (!isObject(value)) throw new Error(`${file} holds no object`);
  return value;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
