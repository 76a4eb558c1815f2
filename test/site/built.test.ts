import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { faultsOfSite, unsearchable } from "#site/pages/built.ts";
import { cleanUpAfterTest } from "../cleanup.ts";

/** A built site of these files. */
function built(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-site-"));
  cleanUpAfterTest(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe("a link on a page of the built site", () => {
  it.each([
    { html: '<a href="/fairlead/docs/ci#updates">', want: [] },
    { html: '<a href="/fairlead/findings/">', want: [] },
    { html: '<a href="./ci">', want: [] },
    { html: '<a href="#here"><h2 id="here">', want: [] },
    { html: '<a href="/fairlead/playground/#example=port-range">', want: [] },
    { html: '<a href="https://kubernetes.io/">', want: [] },
    { html: '<a href="/fairlead/docs/ci#gone">', want: ["/fairlead/docs/ci#gone: there is no such section"] },
    { html: '<a href="/fairlead/docs/gone">', want: ["/fairlead/docs/gone: there is no such page"] },
    { html: '<a href="/docs/ci">', want: ["/docs/ci: is not below the site's base"] },
    { html: '<script src="https://cdn.example/a.js">', want: ["loads https://cdn.example/a.js"] },
    { html: '<link rel="stylesheet" href="//cdn.example/a.css">', want: ["loads //cdn.example/a.css"] },
  ])("$html: $want", ({ html, want }) => {
    const folder = built({
      "docs/report.html": html,
      "docs/ci.html": '<h2 id="updates">',
      "findings/index.html": "",
      "playground/index.html": "",
    });
    expect(faultsOfSite(folder)).toEqual(want.map((fault) => `docs/report.html: ${fault}`));
  });
});

describe("the search of the built site", () => {
  it("has each page by its title", () => {
    const index =
      'const e=\'{"documentIds":{"0":"/fairlead/findings/port-range#port-range","1":"/fairlead/yaml/tab#why"}}\'';
    const folder = built({ "assets/chunks/@localSearchIndexroot.1.js": index });
    const pages = [
      { path: "findings/port-range", title: "port-range" },
      { path: "yaml/tab", title: "A tab is no indentation" },
    ];
    expect(unsearchable(folder, pages)).toEqual(["yaml/tab: is not in the search"]);
  });
});
