import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Plugin } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { browserBundle } from "#scripts/browser-bundle.ts";
import { recordedText } from "../../conformance/vectors.ts";
import { ROOT } from "../../paths.ts";
import { startBrowser } from "../browser.ts";
import { celFigures, serviceFigures } from "./figures.ts";

const FILES = {
  serviceFigures: join(ROOT, "test/conformance/1.36-dual.jsonl.gz"),
  celFigures: join(ROOT, "test/conformance/cel/cel-1.36.jsonl.gz"),
} as const;

/** The recorded answers are read here, not in the browser. */
const withoutNode: Plugin = {
  name: "without-node",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, () => ({ path: join(import.meta.dirname, "without-node.ts") }));
  },
};

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const [{ code }] = await Promise.all([
    browserBundle("test/browser/conformance/page.ts", [withoutNode]),
    startBrowser().then((started) => (browser = started)),
  ]);
  page = await browser.newPage();
  await page.evaluate(code);
});

afterAll(() => browser.close());

it.each([
  { name: "serviceFigures", figures: serviceFigures },
  { name: "celFigures", figures: celFigures },
] as const)("the engine of the page has the $name that it has in Node", async ({ name, figures }) => {
  const file = FILES[name];
  const text = recordedText(file);
  const inNode = figures(text, file);
  expect(await page.evaluate(`${name}(${JSON.stringify(text)}, "recorded")`)).toEqual(inNode);
  for (const figure of Object.values(inNode)) expect(figure).toMatch(/^(\d{3,})\/\1$/);
});
