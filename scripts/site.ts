/**
 * `npm run site`: builds the site into site/vitepress/dist, from the repository's Markdown, the catalogue and the playground.
 * VitePress is a package of its own, which is installed when it is missing. Ends with 1 if a link leads nowhere.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { faultsOfSite, sizeOf, unsearchable } from "#site/pages/built.ts";
import { cataloguePages } from "#site/catalogue/pages.ts";
import { Pages } from "#site/pages/links.ts";
import { catalogueSidebars } from "#site/pages/sidebars.ts";
import { sitePages } from "#site/pages/site-pages.ts";

const ROOT = join(import.meta.dirname, "..");
const HOME = join(ROOT, "site", "vitepress");
const PLAYGROUND = join(ROOT, "dist", "playground");
const BUILT = join(HOME, "dist");

const catalogue = await cataloguePages();
const dead = writePages();
if (dead.length > 0) fail(dead);
if (!isInstalled()) run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
run(process.execPath, [join("node_modules", "vitepress", "bin", "vitepress.js"), "build"]);
if (!existsSync(PLAYGROUND)) fail(["there is no dist/playground: run `npm run build` first"]);
cpSync(PLAYGROUND, join(BUILT, "playground"), { recursive: true });
// GitHub Pages would take files with a leading underscore for Jekyll's own.
writeFileSync(join(BUILT, ".nojekyll"), "");
// Pages that list others are not searched: what they list is.
const searched = catalogue.filter(({ path }) => !path.endsWith("/index"));
const faults = [...faultsOfSite(BUILT), ...unsearchable(BUILT, searched)];
if (faults.length > 0) fail(faults);
const { files, bytes } = sizeOf(BUILT);
console.log(`site/vitepress/dist: ${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB`);

/** Writes the pages from which VitePress builds, and returns the links that lead nowhere. */
function writePages(): string[] {
  const folder = join(HOME, ".pages");
  rmSync(folder, { recursive: true, force: true });
  const all = sitePages(catalogue);
  const pages = new Pages(all);
  for (const page of all) {
    const path = join(folder, `${page.path}.md`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, pages.textOf(page));
  }
  writeFileSync(join(folder, "sidebars.json"), JSON.stringify(catalogueSidebars(catalogue)));
  // VitePress takes its public files from beside the pages.
  cpSync(join(HOME, "public"), join(folder, "public"), { recursive: true });
  return all.flatMap((page) => pages.deadLinks(page));
}

/** Whether VitePress is installed as the lock file says. */
function isInstalled(): boolean {
  const installed = statSync(join(HOME, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  return installed !== undefined && installed.mtimeMs >= statSync(join(HOME, "package-lock.json")).mtimeMs;
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd: HOME, stdio: "inherit" });
  if (status !== 0) fail([`${program} ${args.join(" ")} failed`]);
}

function fail(reasons: readonly string[]): never {
  for (const reason of reasons) console.error(reason);
  process.exit(1);
}
