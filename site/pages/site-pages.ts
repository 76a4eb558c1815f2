import { HOME } from "./home.ts";
import type { Page } from "./links.ts";
import { titleOf } from "./markdown.ts";
import { repositorySources } from "./sources.ts";

/** All pages of the site but the playground. */
export function sitePages(): Page[] {
  const sources = repositorySources().map(({ file, page, text }) => ({ path: page, file, text }));
  return [HOME, decisionsPage(sources), ...sources];
}

/** The page that lists the design decisions. */
function decisionsPage(sources: readonly Page[]): Page {
  const rows = sources
    .filter(({ path }) => path.startsWith("docs/decisions/"))
    .map(({ path, text }) => `- [${titleOf(text) ?? path}](/${path})`);
  return { path: "docs/decisions/index", text: ["# Design decisions", "", ...rows, ""].join("\n") };
}
