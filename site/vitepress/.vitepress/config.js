// What is shown and how; the pages themselves are in ../.pages, which scripts/site.ts writes.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { DOCUMENTATION, TOP } from "../../pages/navigation.ts";
import { slugOf } from "../../pages/slug.ts";

const BASE = "/fairlead/";

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
  head: [
    ["meta", { "http-equiv": "Content-Security-Policy", content: POLICY }],
    ["link", { rel: "icon", type: "image/svg+xml", href: `${BASE}logo.svg` }],
  ],
  sitemap: { hostname: `https://fairlead.github.io${BASE}` },
  // The playground is copied beside the pages; scripts/site.ts checks the links to it.
  ignoreDeadLinks: [/^\/playground\//],
  markdown: { anchor: { slugify: slugOf }, attrs: { disable: true }, config: asOnGitHub },
  themeConfig: {
    logo: "/logo.svg",
    nav: TOP,
    sidebar: { "/": DOCUMENTATION, ...catalogue() },
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/fairlead/fairlead" }],
    footer: { message: "Apache-2.0" },
  },
});

/** The sidebars of the catalogue: each part has one that lists its pages. */
function catalogue() {
  const parts = { findings: "Findings", rules: "Policy rules", yaml: "Traps of YAML" };
  const folders = Object.keys(parts).filter((name) => existsSync(join(import.meta.dirname, "..", ".pages", name)));
  return Object.fromEntries(
    folders.map((folder) => {
      const names = readdirSync(join(import.meta.dirname, "..", ".pages", folder)).map((file) =>
        file.replace(/\.md$/, ""),
      );
      const items = names
        .filter((name) => name !== "index")
        .map((name) => ({ text: name, link: `/${folder}/${name}` }));
      return [`/${folder}/`, [{ text: parts[folder], items }]];
    }),
  );
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
