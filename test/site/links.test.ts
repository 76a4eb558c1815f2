import { describe, expect, it } from "@jest/globals";
import { cataloguePages } from "#site/catalogue/pages.ts";
import { Pages, type Page } from "#site/pages/links.ts";
import { DOCUMENTATION, TOP } from "#site/pages/navigation.ts";
import { sitePages } from "#site/pages/site-pages.ts";

const SITE = "https://fairlead.github.io/fairlead";
const GITHUB = "https://github.com/fairlead/fairlead";

/** Pages of files that exist, with texts of the test's own. */
const OTHERS: readonly Page[] = [
  { path: "docs/ci", file: "docs/ci.md", text: "# CI\n\n## Updates\n" },
  { path: "docs/decisions/index", text: "# Decisions\n" },
  { path: "start", file: "README.md", text: "# Fairlead\n" },
  { path: "findings/port-range", text: "# port-range\n" },
];

const FROM = { path: "docs/report", file: "docs/report.md" };

describe("a link on a page of the site", () => {
  it.each([
    { target: "ci.md#updates", want: "/docs/ci#updates" },
    { target: "../README.md", want: "/start" },
    { target: "decisions", want: "/docs/decisions/" },
    { target: "#text", want: "#text" },
    { target: "../action.yml", want: `${GITHUB}/blob/main/action.yml` },
    { target: "../policies", want: `${GITHUB}/tree/main/policies` },
    { target: `${SITE}/findings/port-range`, want: "/findings/port-range" },
    { target: `${GITHUB}/blob/main/docs/ci.md#updates`, want: "/docs/ci#updates" },
    { target: "https://kubernetes.io/docs/", want: "https://kubernetes.io/docs/" },
    { target: "mailto:a@example.com", want: "mailto:a@example.com" },
    { target: "/playground/#s=x", want: "/playground/#s=x" },
  ])("$target: $want", ({ target, want }) => {
    const page = { ...FROM, text: `# Report\n\n## Text\n\n[a](${target})` };
    const pages = new Pages([...OTHERS, page]);
    expect(pages.textOf(page)).toBe(`# Report\n\n## Text\n\n[a](${want})`);
    expect(pages.deadLinks(page)).toEqual([]);
  });

  it.each([
    { target: "ci.md#nothing", why: "there is no such section" },
    { target: "#nothing", why: "there is no such section" },
    { target: "no-such-file.md", why: "there is no such page" },
    { target: "../no-such-folder/", why: "there is no such page" },
    { target: `${SITE}/findings/no-such-code`, why: "there is no such page" },
    { target: `${GITHUB}/blob/main/no-such-file`, why: "there is no such page" },
    { target: "/no-such-page", why: "there is no such page" },
  ])("$target: $why", ({ target, why }) => {
    const page = { ...FROM, text: `# Report\n\n[a](${target})` };
    expect(new Pages([...OTHERS, page]).deadLinks(page)).toEqual([`docs/report.md:3: ${target}: ${why}`]);
  });
});

const all = sitePages(await cataloguePages());

describe("the site", () => {
  const paths = all.map(({ path }) => path);

  it("has each page once", () => {
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("has no link in it that leads nowhere", () => {
    const pages = new Pages(all);
    expect(all.flatMap((page) => pages.deadLinks(page))).toEqual([]);
  });

  it("names in its navigation every page of the documentation, and no other", () => {
    const named = [...TOP, ...DOCUMENTATION.flatMap(({ items }) => items)].map(({ link }) =>
      link.slice(1).replace(/\/$/, "/index"),
    );
    const wanted = paths.filter((path) => /^(?:start|changelog|contributing|security|docs\/.*)$/.test(path));
    expect(wanted.filter((path) => !path.startsWith("docs/decisions/0") && !named.includes(path))).toEqual([]);
    expect(named.filter((path) => path !== "playground/index" && !paths.includes(path))).toEqual([]);
  });
});
