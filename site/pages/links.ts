import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { anchorsOf, linksOf, withTargets } from "./markdown.ts";
import { ROOT } from "./sources.ts";

/** The site's address, and the part of it under which its pages are. */
export const SITE = "https://fairlead.github.io/fairlead";
export const BASE = "/fairlead/";

const REPOSITORY = "https://github.com/fairlead/fairlead";
const OF_REPOSITORY = new RegExp(`^${RegExp.escape(REPOSITORY)}/(?:blob|tree)/main/`);

/** A page of the site. */
export interface Page {
  /** Its path, without the site's base and without an ending: `docs/ci`, `findings/port-range`, `docs/decisions/index`. */
  readonly path: string;
  /** The file of the repository that it comes from, from which its relative links start; undefined for a generated page. */
  readonly file?: string;
  readonly text: string;
}

/** What a link within the project leads to; undefined for one to anywhere else. */
interface Place {
  readonly kind: "file" | "page";
  readonly path: string;
  /** What follows the `#`, with it; empty without one. */
  readonly anchor: string;
}

/** All pages, as what links lead to. */
export class Pages {
  readonly #byPath: ReadonlyMap<string, Page>;
  readonly #byFile: ReadonlyMap<string, Page>;
  readonly #anchors = new Map<string, ReadonlySet<string>>();

  constructor(pages: readonly Page[]) {
    this.#byPath = new Map(pages.map((page) => [page.path, page]));
    this.#byFile = new Map(pages.flatMap((page) => (page.file === undefined ? [] : [[page.file, page]])));
  }

  /** The Markdown of a page for the site: links within the site are paths in it, those to other files lead to GitHub. */
  textOf(page: Page): string {
    return withTargets(page.text, (target) => {
      const place = placeOf(target, page);
      if (place === undefined || (place.kind === "file" && place.path === "")) return undefined;
      const found = this.#pageAt(place);
      if (found !== undefined) return `/${found.path.replace(/(^|\/)index$/, "$1")}${place.anchor}`;
      if (place.kind === "page") return `/${place.path}${place.anchor}`;
      const kind =
        statSync(join(ROOT, place.path), { throwIfNoEntry: false })?.isDirectory() === true ? "tree" : "blob";
      return `${REPOSITORY}/${kind}/main/${place.path}${place.anchor}`;
    });
  }

  /** The links of a page that lead nowhere in the project, each with the reason. Addresses elsewhere are not asked. */
  deadLinks(page: Page): string[] {
    return linksOf(page.text).flatMap(({ target, start }) => {
      const reason = this.#whyDead(target, page);
      if (reason === undefined) return [];
      const line = page.text.slice(0, start).split("\n").length;
      return [`${page.file ?? page.path}:${line}: ${target}: ${reason}`];
    });
  }

  #whyDead(target: string, from: Page): string | undefined {
    const place = placeOf(target, from);
    if (place === undefined || isPlayground(place)) return undefined;
    const found = place.kind === "file" && place.path === "" ? from : this.#pageAt(place);
    if (found === undefined && (place.kind === "page" || !existsSync(join(ROOT, place.path))))
      return "there is no such page";
    if (place.anchor === "" || found === undefined) return undefined;
    return this.#anchorsOf(found).has(decodeURIComponent(place.anchor.slice(1)))
      ? undefined
      : "there is no such section";
  }

  #pageAt({ kind, path }: Place): Page | undefined {
    if (kind === "file") return this.#byFile.get(path) ?? this.#byPath.get(`${path.replace(/\/$/, "")}/index`);
    return this.#byPath.get(path) ?? this.#byPath.get(posix.join(path, "index"));
  }

  #anchorsOf(page: Page): ReadonlySet<string> {
    const known = this.#anchors.get(page.path) ?? anchorsOf(page.text);
    this.#anchors.set(page.path, known);
    return known;
  }
}

function isPlayground({ kind, path }: Place): boolean {
  return kind === "page" && path.startsWith("playground/");
}

/** The file or page that a link on a page names. The path is empty for a section of the same page. */
function placeOf(target: string, from: Page): Place | undefined {
  const [, path = "", anchor = ""] = /^([^#]*)(#.*)?$/.exec(target) ?? [];
  const inSite = `${path}/`.startsWith(`${SITE}/`) ? path.slice(SITE.length + 1) : undefined;
  if (inSite !== undefined) return { kind: "page", path: inSite, anchor };
  if (OF_REPOSITORY.test(path)) return { kind: "file", path: path.replace(OF_REPOSITORY, ""), anchor };
  if (/^[a-z][a-z+.-]*:/i.test(path)) return undefined;
  if (path === "") return { kind: "file", path: "", anchor };
  if (path.startsWith("/")) return { kind: "page", path: path.slice(1), anchor };
  const kind = from.file === undefined ? "page" : "file";
  return { kind, path: posix.join(posix.dirname(from.file ?? from.path), decodeURIComponent(path)), anchor };
}
