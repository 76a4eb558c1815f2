import { describe, expect, it } from "@jest/globals";
import { anchorsOf, linksOf, titleOf, withTargets } from "#site/pages/markdown.ts";

const targets = (text: string): string[] => linksOf(text).map(({ target }) => target);

describe("the links of a Markdown text", () => {
  it.each([
    { name: "a link, with code in its name", text: "see [`a`](a.md#b) and [c](c.md).", want: ["a.md#b", "c.md"] },
    { name: "a link over two lines", text: "see [a\nb](a.md)", want: ["a.md"] },
    { name: "a link with a title", text: '[a](a.md "the a")', want: ["a.md"] },
    { name: "an image in a link", text: "[![a](a.svg)](a.md)", want: ["a.svg", "a.md"] },
    { name: "a definition", text: "[a]\n\n[a]: a.md\n", want: ["a.md"] },
    { name: "HTML", text: '<a href="a.md"><img src="a.svg"></a>', want: ["a.md", "a.svg"] },
    { name: "code", text: "`[a](a.md)` and ``[`a`](a.md)``", want: [] },
    { name: "a block of code", text: "```sh\n[a](a.md)\n```\n[b](b.md)\n~~~\n[c](c.md)\n~~~\n", want: ["b.md"] },
    { name: "a comment", text: "<!-- [a](a.md) -->", want: [] },
    { name: "a backtick without a second one", text: "one ` here\n\n[a](a.md) and ` there", want: ["a.md"] },
  ])("$name", ({ text, want }) => {
    expect(targets(text)).toEqual(want);
  });

  it("are replaced where they are, and nowhere else", () => {
    const text = "[a.md](a.md), `](a.md)`, [b](b.md)";
    expect(withTargets(text, (target) => (target === "a.md" ? "/docs/a" : undefined))).toBe(
      "[a.md](/docs/a), `](a.md)`, [b](b.md)",
    );
  });
});

describe("the anchors of a Markdown text", () => {
  it.each([
    { name: "a heading", text: "## What is known to differ", want: ["what-is-known-to-differ"] },
    { name: "code and signs", text: "### `spec.ports[].nodePort`: *why?*", want: ["specportsnodeport-why"] },
    { name: "a link", text: "# [a b](c.md)", want: ["a-b"] },
    { name: "signs between blanks", text: "# a - b & c", want: ["a---b--c"] },
    { name: "letters of other scripts", text: "# Ärger_1 und 日本", want: ["ärger_1-und-日本"] },
    { name: "equal headings", text: "# a\n# a\n# a", want: ["a", "a-1", "a-2"] },
    { name: "an id in HTML", text: '<a id="x"></a>', want: ["x"] },
    { name: "a comment of a shell", text: "```\n# not a heading\n```", want: [] },
  ])("$name", ({ text, want }) => {
    expect([...anchorsOf(text)]).toEqual(want);
  });

  it("of which the first heading is the title", () => {
    expect(titleOf("text\n\n# `fairlead check`\n\n## more\n")).toBe("fairlead check");
  });
});
