import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { cataloguePages } from "#site/catalogue/pages.ts";
import { linksOf } from "#site/pages/markdown.ts";
import { Pages, type Page } from "#site/pages/links.ts";
import { DOCUMENTATION, TOP } from "#site/pages/navigation.ts";
import { catalogueSidebars } from "#site/pages/sidebars.ts";
import { sitePages } from "#site/pages/site-pages.ts";
import { decodeState } from "#playground/state/index.ts";
import { playgroundData } from "#scripts/playground-data.ts";
import { CHECK_RULES, ruleTexts } from "#src/examine/findings/rule-texts.ts";
import { CATALOGUE, fieldHelpLink, helpLink } from "#src/examine/model/texts.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";
import { MESSAGES } from "#src/service/messages/messages.ts";
import { ROOT } from "../paths.ts";

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

const catalogue = await cataloguePages();
const all = sitePages(catalogue);

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [path];

/** Files and folders of what leads people to the site. */
const LEADING = [
  "src",
  "playground",
  "editors/vscode/src",
  "editors/vscode/package.json",
  "charts",
  "action.yml",
  "ci",
];

/** A page of the test's own with these links, to ask which of them lead nowhere. */
const deadOf = (links: Iterable<string>): readonly string[] => {
  const text = [...links].map((link) => `[a](${link})`).join("\n");
  return new Pages(all).deadLinks({ path: "docs/report", file: "docs/report.md", text });
};

describe("what reports, editors and explanations link to is there", () => {
  it("the page of every rule", async () => {
    const policyText = await ruleTexts(true);
    const rules = [...Object.keys(MESSAGES), ...Object.keys(CHECK_RULES), ...RULES.map(({ id }) => `policy/${id}`)];
    const links = rules.map((rule) => helpLink(rule, policyText(rule)));
    expect(deadOf([...links, helpLink("policy/our-own", policyText("policy/our-own")), CATALOGUE])).toEqual([]);
    // Each has a page of its own, and no section stands for it.
    expect(new Set(links).size).toBe(rules.length);
    expect(links.filter((link) => !/\/(?:findings|rules)\/[a-z0-9-]+$/.test(link))).toEqual([]);
  });

  it("the section of every field", () => {
    expect(deadOf(Object.keys(FIELD_HELP).map(fieldHelpLink))).toEqual([]);
    expect(deadOf([fieldHelpLink("spec.noSuchField")])).toHaveLength(1);
  });

  it("every address of the site that a file names", () => {
    const links = LEADING.flatMap((name) => filesOf(join(ROOT, name))).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/https:\/\/fairlead\.github\.io\/fairlead[\w/#.-]*/g)].map(([link]) =>
        link.replace(/[.]$/, ""),
      ),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(deadOf(new Set(links.filter((link) => link !== SITE)))).toEqual([]);
  });
});

describe("links to the playground", () => {
  const links = all.flatMap(({ text }) =>
    linksOf(text).flatMap(({ target }) => /\/playground\/#(.*)$/.exec(target)?.[1] ?? []),
  );

  it("open examples that it has", () => {
    const examples = playgroundData().examples.flatMap((group) => group.examples.map(({ code }) => `example=${code}`));
    expect([...new Set(links)].filter((link) => !link.startsWith("s=")).sort()).toEqual(examples.sort());
  });

  it("hold states that can be read", async () => {
    const states = links.filter((link) => link.startsWith("s="));
    const read = await Promise.all(states.map((link) => decodeState(link.slice(2))));
    expect(states.filter((_, i) => read[i] === undefined)).toEqual([]);
  });
});

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

  it("leads from the top to the lists of the catalogue, and in their sidebars to each of its pages", () => {
    expect(TOP.map(({ link }) => link)).toEqual(expect.arrayContaining(["/findings/", "/rules/", "/yaml/"]));
    const groups = Object.values(catalogueSidebars(catalogue)).flat();
    const linked = groups.flatMap(({ items }) => items.map(({ link }) => link.slice(1).replace(/\/$/, "/index")));
    expect(linked.sort()).toEqual(catalogue.map(({ path }) => path).sort());
    expect(deadOf(groups.flatMap(({ link }) => link ?? []))).toEqual([]);
  });
});
