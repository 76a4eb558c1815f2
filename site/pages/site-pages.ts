import { stringify } from "yaml";
import type { CataloguePage } from "../catalogue/pages.ts";
import { HOME } from "./home.ts";
import type { Page } from "./links.ts";
import { titleOf } from "./markdown.ts";
import { repositorySources } from "./sources.ts";

/** All pages of the site but the playground. @param catalogue those of the catalogue */
export function sitePages(catalogue: readonly CataloguePage[]): readonly Page[] {
  const sources = repositorySources().map(({ file, page, text }) => ({ path: page, file, text }));
  return [HOME, decisionsPage(sources), ...sources, ...catalogue.map(withFrontMatter)];
}

/** A page of the catalogue with what browsers and search engines show of it. */
function withFrontMatter({ path, title, description, markdown }: CataloguePage): Page {
  const front = { title, description: description.replaceAll("`", "") };
  return { path, text: `---\n${stringify(front, { lineWidth: 0 })}---\n\n${markdown}` };
}

/** The page that lists the design decisions. */
function decisionsPage(sources: readonly Page[]): Page {
  const rows = sources
    .filter(({ path }) => path.startsWith("docs/decisions/"))
    .map(({ path, text }) => `- [${titleOf(text) ?? path}](/${path})`);
  return { path: "docs/decisions/index", text: ["# Design decisions", "", ...rows, ""].join("\n") };
}
