// What is shown and how; the pages themselves are in ../.pages, which scripts/site.ts writes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { DOCUMENTATION, TOP } from "../../pages/navigation.ts";
import { slugOf } from "../../pages/slug.ts";

const BASE = "/fairlead/";
const PAGES = join(import.meta.dirname, "..", ".pages");

// Nothing is loaded from anywhere else. VitePress itself writes scripts and styles into its pages.
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
].join("; ");

export default defineConfig({
  lang: "en",
  title: "Fairlead",
  description: "Admission control for Kubernetes Services: a webhook, and the same engine as a check in CI.",
  base: BASE,
  srcDir: ".pages",
  outDir: "dist",
  cacheDir: "../../.cache/vitepress",
  cleanUrls: true,
  // What all pages share is one file, and not a part of each.
  metaChunk: true,
  head: [
    ["meta", { "http-equiv": "Content-Security-Policy", content: POLICY }],
    ["link", { rel: "icon", type: "image/svg+xml", href: `${BASE}logo.svg` }],
  ],
  sitemap: { hostname: `https://fairlead.github.io${BASE}` },
  // The playground is copied beside the pages; scripts/site.ts checks the links to it.
  ignoreDeadLinks: [/^\/playground\//],
  markdown: {
    anchor: { slugify: slugOf },
    attrs: { disable: true },
    // The colours of the default theme are too pale for WCAG AA.
    theme: { light: "github-light-high-contrast", dark: "github-dark-default" },
    config: asOnGitHub,
  },
  themeConfig: {
    logo: "/logo.svg",
    nav: TOP,
    sidebar: { "/": DOCUMENTATION, ...JSON.parse(readFileSync(join(PAGES, "sidebars.json"), "utf8")) },
    outline: [2, 3],
    search: {
      provider: "local",
      // Who types a code wants its page, and not one of the many that mention it.
      options: { _render: searchable, miniSearch: { searchOptions: { boost: { title: 12, text: 2, titles: 1 } } } },
    },
    notFound: {
      title: "There is no such page",
      quote: "The list of findings has every code that a report can name. The search finds the rest.",
      linkText: "Start page",
      linkLabel: "Start page",
    },
    socialLinks: [{ icon: "github", link: "https://github.com/fairlead/fairlead" }],
    footer: { message: "Apache-2.0" },
  },
});

/**
 * What is searched of a page: not the lists of links at the end of those of the catalogue, and nothing of what has pages of its
 * own.
 */
function searchable(text, env, md) {
  if (/^(?:docs\/rules|(?:findings|rules|yaml)\/index)\.md$/.test(env.relativePath)) return "";
  const isOfCatalogue = /^(?:findings|rules|yaml)\//.test(env.relativePath);
  return md.render(isOfCatalogue ? text.replace(/^## (?:Versions|Fields|See also)$[^]*/m, "") : text, env);
}

/** Pages are written for GitHub: braces and colons in their text are text, and a link to the playground loads its page. */
function asOnGitHub(md) {
  md.disable("emoji");
  const { rules } = md.renderer;
  for (const name of ["text", "code_inline"]) {
    const render = rules[name];
    // Vue must not take `{{ .Values.name }}` of a chart for an expression of its own.
    rules[name] = (...args) => render(...args).replaceAll("{{", "&#123;&#123;");
  }
  const openLink = rules.link_open;
  rules.link_open = (tokens, index, ...rest) => {
    const html = openLink(tokens, index, ...rest);
    return html.startsWith(`<a href="${BASE}playground/`) ? html.replace("<a ", '<a target="_self" ') : html;
  };
}
