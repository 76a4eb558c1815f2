/** What a visitor of the playground waits for: the page's size, and from a key to the answer that is painted, in Chromium. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { encodeState, type PlaygroundState } from "#playground/state/index.ts";
import { startBrowser, visit } from "#test/browser/browser.ts";
import { AIMS, aimText } from "./aims.ts";
import { median, quantile } from "./statistics.ts";
import type { Options, Row, Table } from "./table.ts";

export const name = "playground";

const FILE = join(import.meta.dirname, "../dist/playground/index.html");

const SERVICES = 70;

/** The page's size as it is sent; the first answer; a key in a text of a thousand lines, beside one in a text of one Service. */
export async function run({ quick }: Options): Promise<readonly Table[]> {
  const keys = quick ? 20 : 120;
  const browser = await startBrowser();
  try {
    const first = await loaded(browser, quick ? 3 : 15);
    const one = await typed(browser, { manifest: manifestOf(1) }, keys);
    const many = await typed(browser, { manifest: manifestOf(SERVICES) }, keys);
    const restricted = await typed(browser, { manifest: manifestOf(SERVICES), policySet: "restricted" }, keys);
    return [
      {
        title: "From a key to the answer in the playground, in a text of a thousand lines beside one of fifteen",
        kind: "ratios",
        rows: [
          { policy: "none", ratio: `${(median(many) / median(one)).toFixed(2)}×` },
          { policy: "restricted", ratio: `${(median(restricted) / median(one)).toFixed(2)}×` },
        ],
      },
      { title: "playground: the page", kind: "figures", rows: sizes() },
      {
        title: "playground: from a key to the painted answer, with the page's pause of 30 ms",
        kind: "figures",
        rows: [
          timesRow("from opening to the first answer", first, ""),
          timesRow("a key in 15 lines", one),
          timesRow("a key in 1,000 lines", many),
          timesRow("a key in 1,000 lines, with restricted", restricted),
        ],
      },
    ];
  } finally {
    await browser.close();
  }
}

function sizes(): readonly Row[] {
  const page = readFileSync(FILE);
  const packed = gzipSync(page, { level: 9 }).length;
  return [
    { as: "it is", size: kilobytes(page.length), aim: "" },
    { as: "gzip", size: kilobytes(packed), aim: aimText(AIMS.pageSize, packed / 1000) },
    { as: "brotli", size: kilobytes(brotliCompressSync(page).length), aim: "" },
  ];
}

/** Milliseconds from the start of the navigation to the first answer, each time in a new window. */
async function loaded(browser: Browser, times: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const page = await opened(browser, { manifest: manifestOf(1) });
    taken.push(await page.evaluate(() => performance.now()));
    await page.context().close();
  }
  return taken;
}

/** Milliseconds from each key to the painted answer. The keys are typed into the name of the Service whose answer is shown. */
async function typed(browser: Browser, state: Partial<PlaygroundState>, keys: number): Promise<readonly number[]> {
  const page = await opened(browser, state);
  await page.locator("#manifest .cm-line", { hasText: "name: web-0" }).click();
  await page.keyboard.press("End");
  const times: number[] = [];
  // The first keys find code that is not compiled yet.
  for (let key = -WARMING; key < keys; key++) {
    await page.evaluate(LISTEN);
    await page.keyboard.press(key % 2 === 0 ? "x" : "Backspace");
    const taken = await page.evaluate<number>("answered");
    if (key >= 0) times.push(taken);
  }
  await page.context().close();
  return times;
}

const WARMING = 10;

/**
 * In the page: milliseconds from the next key to the frame that shows the answer, as a promise that is there before the key
 * is. A text, since this is no page.
 */
const LISTEN = `void (globalThis.answered = new Promise((resolve) => {
  let begun;
  document.addEventListener("keydown", () => { begun = performance.now(); }, { capture: true, once: true });
  const observer = new MutationObserver(() => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  });
  observer.observe(document.getElementById("terminal"), { childList: true, characterData: true, subtree: true });
}))`;

async function opened(browser: Browser, state: Partial<PlaygroundState>): Promise<Page> {
  const { page } = await visit(browser, `${pathToFileURL(FILE).href}#s=${await encodeState(state)}`);
  await page.locator("#verdict:not(:empty)").waitFor();
  return page;
}

function timesRow(what: string, times: readonly number[], aim = aimText(AIMS.pageAnswer, quantile(times, 0.95))): Row {
  return { what, median: ms(median(times)), p95: ms(quantile(times, 0.95)), most: ms(Math.max(...times)), aim };
}

function manifestOf(services: number): string {
  return Array.from(
    { length: services },
    (_, index) => `apiVersion: v1
kind: Service
metadata:
  name: web-${index}
  namespace: shop
  labels:
    app: web-${index}
spec:
  type: ${index % 2 === 0 ? "LoadBalancer" : "Nodeport"}
  selector:
    app: web-${index}
  ports:
    - name: http
      port: 80
`,
  ).join("---\n");
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}
