import { PARTS } from "../catalogue/page/parts.ts";
import type { Group } from "./navigation.ts";
import { slugOf } from "./slug.ts";

interface Titled {
  readonly path: string;
  readonly title: string;
}

/** The sidebars of the catalogue, by the folder that they are for: the groups of its pages, of which the current page's is open. */
export function catalogueSidebars(pages: readonly Titled[]): Readonly<Record<string, readonly Group[]>> {
  const titles = new Map(pages.map(({ path, title }) => [path, title]));
  return Object.fromEntries(
    PARTS.map(({ folder, title, groups }): [string, readonly Group[]] => [
      `/${folder}/`,
      [
        { text: title, items: [{ text: "Overview", link: `/${folder}/` }] },
        ...groups.map((group) => ({
          text: group.title,
          // Without a link, VitePress makes a button of it that has another one in it.
          link: `/${folder}/#${slugOf(group.title)}`,
          collapsed: true,
          items: group.names.toSorted().map((name) => {
            const path = `${folder}/${name}`;
            return { text: titles.get(path) ?? name, link: `/${path}` };
          }),
        })),
      ],
    ]),
  );
}
