import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { BASE } from "./links.ts";
import { slugOf } from "./slug.ts";

/**
 * What is wrong with the built site: links and anchors within it that lead nowhere, and anything that a page would load from
 * another host. @param folder the folder of its files
 */
export function faultsOfSite(folder: string): string[] {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.relative(folder, join(entry.parentPath, entry.name))),
  );
  const pages = new Map(
    [...files].filter((file) => file.endsWith(".html")).map((file) => [file, readPage(join(folder, file))]),
  );
  return [...pages].flatMap(([file, { links, loaded }]) => [
    ...loaded.filter((url) => isElsewhere(url)).map((url) => `${file}: loads ${url}`),
    ...[...links, ...loaded].flatMap((url) => {
      const reason = isElsewhere(url) ? undefined : whyDead(url, file);
      return reason === undefined ? [] : [`${file}: ${url}: ${reason}`];
    }),
  ]);

  function whyDead(url: string, from: string): string | undefined {
    const { pathname, hash } = new URL(url, `https://site.invalid${BASE}${from}`);
    if (!`${pathname}/`.startsWith(BASE)) return "is not below the site's base";
    const path = decodeURIComponent(pathname.slice(BASE.length));
    const file = [path, `${path}.html`, posix.join(path, "index.html")].find((name) => files.has(name));
    if (file === undefined) return "there is no such page";
    // What follows the # of the playground is its state.
    if (hash === "" || file.startsWith("playground/")) return undefined;
    return pages.get(file)?.ids.has(decodeURIComponent(hash.slice(1))) === true
      ? undefined
      : "there is no such section";
  }
}

/** The pages that the built site's search does not find by their titles. @param folder the folder of its files */
export function unsearchable(
  folder: string,
  pages: readonly { readonly path: string; readonly title: string }[],
): string[] {
  const index = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.startsWith("@localSearchIndex"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
  return pages
    .filter(({ path, title }) => !index.includes(`"${BASE}${path}#${slugOf(title)}"`))
    .map(({ path }) => `${path}: is not in the search`);
}

/** How many files a folder has, and their size in bytes. */
export function sizeOf(folder: string): { readonly files: number; readonly bytes: number } {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

interface BuiltPage {
  /** What its links lead to. */
  readonly links: readonly string[];
  /** What the browser loads with it. */
  readonly loaded: readonly string[];
  readonly ids: ReadonlySet<string>;
}

function readPage(path: string): BuiltPage {
  const html = readFileSync(path, "utf8");
  const links: string[] = [];
  const loaded: string[] = [];
  for (const [, tag = "", attributes = ""] of html.matchAll(/<([a-z]+)\b([^>]*)>/g)) {
    const url = /\b(?:href|src)="([^"]*)"/.exec(attributes)?.[1]?.replaceAll("&amp;", "&");
    if (url !== undefined && !url.startsWith("data:")) (tag === "a" ? links : loaded).push(url);
  }
  return { links, loaded, ids: new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id)) };
}

/** Whether a URL leads out of the site. What a `data:` URL holds is in the page itself: {@link readPage} leaves those out. */
function isElsewhere(url: string): boolean {
  return /^(?:[a-z][a-z+.-]*:|\/\/)/i.test(url);
}
