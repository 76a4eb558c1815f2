import { type CataloguePage, cell, paragraphs } from "./markdown.ts";
import { type PageGroup, type Part, PARTS } from "./parts.ts";
import { trapLink } from "./places.ts";

/** The pages that list the others. @param pages those that they list */
export function indexPages(pages: readonly CataloguePage[]): readonly CataloguePage[] {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return PARTS.map((part) => indexPage(part, byPath));
}

function indexPage(
  { folder, title, description, more, noun, groups }: Part,
  byPath: ReadonlyMap<string, CataloguePage>,
): CataloguePage {
  const sections = groups.map((group) => paragraphs(`## ${group.title}`, table(group)));
  return {
    path: `${folder}/index`,
    title,
    description,
    markdown: `${paragraphs(`# ${title}`, description, more, ...sections)}\n`,
  };

  function table({ names }: PageGroup): string {
    const rows = names.toSorted().map((name) => {
      const page = byPath.get(`${folder}/${name}`);
      const link = folder === "yaml" && page ? trapLink(name, page) : `[\`${name}\`](/${folder}/${name})`;
      return `| ${link} | ${cell(page?.description ?? "")} |`;
    });
    return [`| ${noun} | about |`, "|---|---|", ...rows].join("\n");
  }
}
