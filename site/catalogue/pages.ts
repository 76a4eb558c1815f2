import { findingPages } from "./page/finding-page.ts";
import { indexPages } from "./page/index-pages.ts";
import type { CataloguePage } from "./page/markdown.ts";
import { rulePages } from "./page/rule-page.ts";
import { trapPages } from "./page/trap-page.ts";

export type { CataloguePage } from "./page/markdown.ts";

/**
 * All pages of the catalogue: of every finding, rule and trap, and those that list them. They are made from the tables alone;
 * what is said of an example is what comes of judging it.
 */
export async function cataloguePages(): Promise<readonly CataloguePage[]> {
  const pages = [...(await findingPages()), ...(await rulePages()), ...(await trapPages())];
  return [...indexPages(pages), ...pages];
}
