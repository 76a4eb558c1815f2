import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { ESTATE_SUMMARY, FINDINGS, SERVICES } from "../reports/estate.ts";
import { report } from "../reports/fixtures.ts";
import { startBrowser, visit } from "./browser.ts";
import { CUT_OFF, FOCUS_UNSEEN, INACCESSIBLE, LOW_CONTRAST, MISALIGNED, TOO_WIDE } from "./probes.ts";

const COMMAND =
  "fairlead check --policy baseline --require-policy restricted --format sarif=fairlead.sarif --format html=fairlead.html deploy/";

let browser: Browser;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairlead-report-"));
  const file = join(folder, "report.html");
  const options = {
    target: { kubernetes: "1.36", cluster: "dual" },
    run: { date: "2026-11-27T09:30:00Z", command: COMMAND, commit: "0123456789abcdef0123" },
  };
  const estate = { findings: FINDINGS, services: SERVICES, summary: ESTATE_SUMMARY, options };
  await writeFile(file, await report("html", estate));
  url = pathToFileURL(file).href;
  browser = await startBrowser();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** Ids of the findings that are to be seen. */
async function shown(page: Page): Promise<string[]> {
  const visible = await page.locator(".finding:visible").all();
  return Promise.all(visible.map(async (each) => ((await each.getAttribute("id")) ?? "").replace("finding-", "")));
}

/** Presses the key until the element is in focus, and says whether focus was to be seen on each way station. */
async function pressUntilFocused(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press(key);
    expect(await page.evaluate(FOCUS_UNSEEN)).toEqual([]);
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
  }
  throw new Error(`${key} never leads to ${selector}`);
}

describe("the page", () => {
  it("sends no request, logs no error and runs nothing of the user's", async () => {
    const { page, troubles } = await visit(browser, url);
    await page.getByRole("button", { name: "Unfold all", exact: true }).click();
    await page.locator("#words").fill("web");
    await page.mouse.wheel(0, 10_000);
    expect(await page.locator("script").count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has enough contrast when it is %s", async (colorScheme) => {
    const { page } = await visit(browser, url, { colorScheme });
    await page.getByRole("button", { name: "Unfold all", exact: true }).click();
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    for (const toggle of await page.locator("[data-show]").all()) await toggle.click();
    expect(await page.locator("#none-shown").isVisible()).toBe(true);
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    await page.locator(".service summary").first().hover();
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  });

  it("looks different in light and dark", async () => {
    const ground = "getComputedStyle(document.body).backgroundColor";
    const [light, dark] = await Promise.all(
      (["light", "dark"] as const).map(async (colorScheme) => {
        const { page } = await visit(browser, url, { colorScheme });
        return page.evaluate(ground);
      }),
    );
    expect([light, dark]).toEqual(["rgb(245, 247, 249)", "rgb(13, 18, 23)"]);
  });

  it("can be understood without being seen", async () => {
    const { page } = await visit(browser, url);
    await page.getByRole("button", { name: "Unfold all", exact: true }).click();
    expect(await page.evaluate(INACCESSIBLE)).toEqual([]);
    await expect(page.locator("#service-1 .row.picked").first().textContent()).resolves.toMatch(
      /^allocated by the API server: /,
    );
    await expect(page.locator("#service-1 .row.dropped").first().textContent()).resolves.toContain(
      "dropped by the API server: ",
    );
  });

  it.each([320, 390, 768, 1280, 1920])("fits a window of %d pixels", async (width) => {
    const { page } = await visit(browser, url, { viewport: { width, height: 800 } });
    await page.getByRole("button", { name: "Unfold all", exact: true }).click();
    expect(await page.evaluate(TOO_WIDE)).toEqual([]);
  });

  it("lays manifest and stored object side by side, line by line, and one below the other on a phone", async () => {
    const { page } = await visit(browser, url);
    await page.getByRole("button", { name: "Unfold all", exact: true }).click();
    expect(await page.evaluate(MISALIGNED)).toEqual([]);
    const [left, right] = await page.locator("#service-1 pre").all();
    const wide = [await left?.boundingBox(), await right?.boundingBox()];
    expect(wide[0]?.y).toBe(wide[1]?.y);
    await page.setViewportSize({ width: 390, height: 800 });
    const narrow = [await left?.boundingBox(), await right?.boundingBox()];
    expect(narrow[0]?.x).toBe(narrow[1]?.x);
    expect(await page.locator(".row.filler:visible").count()).toBe(0);
  });

  it.each([
    { name: "a long line is wrapped", probe: CUT_OFF },
    { name: "contrast is that of a light page", probe: LOW_CONTRAST },
  ])("can be printed by a reader of dark pages: $name", async ({ probe }) => {
    const { page } = await visit(browser, url, { colorScheme: "dark", viewport: { width: 720, height: 1000 } });
    await page.evaluate('document.querySelector(".finding .row").append(" # a long comment".repeat(20))');
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(probe)).toEqual([]);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(245, 247, 249)");
  });

  it("shows the whole code of a finding on a phone, without scrolling", async () => {
    const { page } = await visit(browser, url, { viewport: { width: 390, height: 844 } });
    await page.evaluate('document.querySelector(".finding .row").append(" # a long comment".repeat(20))');
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
  });

  it("breaks a command line between its words, not within them", async () => {
    const { page } = await visit(browser, url, { viewport: { width: 390, height: 844 } });
    const words = await page.locator(".run .word").all();
    expect(await Promise.all(words.map((word) => word.textContent()))).toEqual(COMMAND.split(" "));
    const heights = await Promise.all(words.map(async (word) => (await word.boundingBox())?.height));
    expect(new Set(heights).size).toBe(1);
  });

  it("can be read without its script", async () => {
    const { page } = await visit(browser, url, { javaScriptEnabled: false });
    expect(await page.locator(".finding:visible").count()).toBe(FINDINGS.length);
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await page.locator("#service-1 summary").click();
    expect(await page.locator("#service-1 pre").first().isVisible()).toBe(true);
  });
});

describe("the filters", () => {
  it.each([
    { name: "words of the message", words: "octal", want: ["1"], count: "1 of 7" },
    { name: "a file", words: "DEPLOY/CHECKOUT", want: ["2", "3", "4"], count: "3 of 7" },
    { name: "a Service and a word", words: "shop/checkout port", want: ["3", "4"], count: "2 of 7" },
    { name: "a reason", words: "at the latest", want: ["5"], count: "1 of 7" },
  ])("go by $name", async ({ words, want, count }) => {
    const { page } = await visit(browser, url);
    await page.locator("#words").fill(words);
    expect(await shown(page)).toEqual(want);
    expect(await page.locator("#shown").textContent()).toBe(count);
  });

  it("hide the files and the Services that nothing is left of", async () => {
    const { page } = await visit(browser, url);
    await page.locator("#words").fill("shop/cache");
    expect(await page.locator(".file:visible h3").allTextContents()).toEqual(["charts/list.yaml"]);
    expect(await page.locator(".service:visible .name").allTextContents()).toEqual(["shop/cache"]);
  });

  it.each([
    { name: "errors", toggles: ["3 errors"], want: ["1", "6", "5", "7"] },
    { name: "what is suppressed, whatever its severity", toggles: ["2 suppressed"], want: ["2", "3", "4", "1", "6"] },
    { name: "all but notes", toggles: ["3 errors", "1 warning", "2 suppressed"], want: ["6"] },
  ])("hide $name", async ({ toggles, want }) => {
    const { page } = await visit(browser, url);
    for (const name of toggles) await page.getByRole("button", { name, pressed: true }).click();
    expect(await shown(page)).toEqual(want);
  });

  it("go by rule, and say when nothing is left", async () => {
    const { page } = await visit(browser, url);
    await page.locator("#rule").selectOption("node-port-range");
    expect(await shown(page)).toEqual(["4"]);
    await page.getByRole("button", { name: "3 errors" }).click();
    expect(await shown(page)).toEqual([]);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await shown(page)).toHaveLength(FINDINGS.length);
  });
});

describe("by keyboard alone", () => {
  it("the findings are one step away", async () => {
    const { page } = await visit(browser, url);
    await pressUntilFocused(page, "Tab", ".skip");
    await page.keyboard.press("Enter");
    await page.locator("#findings:focus").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.locator("#finding-2 .self:focus").count()).toBe(1);
  });

  it("arrows lead from finding to finding, past hidden ones, on to the Services", async () => {
    const { page } = await visit(browser, url);
    await page.getByRole("button", { name: "2 suppressed" }).click();
    await page.locator("#finding-3 .self").focus();
    await pressUntilFocused(page, "ArrowDown", "#finding-1 .self");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("#finding-6 .self:focus").count()).toBe(1);
    await pressUntilFocused(page, "ArrowDown", "#service-1 summary");
    await pressUntilFocused(page, "ArrowUp", "#finding-6 .self");
  });

  it("filters are set and taken back", async () => {
    const { page } = await visit(browser, url);
    await pressUntilFocused(page, "Tab", "#words");
    await page.keyboard.type("octal");
    expect(await shown(page)).toEqual(["1"]);
    await pressUntilFocused(page, "Tab", "[data-show=warning]");
    await page.keyboard.press("Space");
    expect(await shown(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await shown(page)).toHaveLength(FINDINGS.length);
    expect(await page.locator("#words:focus").count()).toBe(1);
  });

  it("a Service is unfolded, and its code reached", async () => {
    const { page } = await visit(browser, url);
    await page.locator("#finding-7 .self").focus();
    await pressUntilFocused(page, "ArrowDown", "#service-1 summary");
    await page.keyboard.press("Enter");
    expect(await page.locator("#service-1 pre").first().isVisible()).toBe(true);
    await pressUntilFocused(page, "Tab", "#service-1 figure:last-child pre");
  });

  it("a finding leads to its Service, which unfolds, and back", async () => {
    const { page } = await visit(browser, url);
    await page.locator("#finding-3").getByRole("link", { name: "shop/Checkout" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("#service-2[open] summary:focus").waitFor();
    await pressUntilFocused(page, "Tab", "#service-2 .about a");
    await page.keyboard.press("Enter");
    await page.locator("#finding-2 .self:focus").waitFor();
  });

  it("a link to a finding shows it, whatever the filters hide", async () => {
    const { page } = await visit(browser, url);
    await page.locator("#service-1 summary").click();
    await page.getByRole("button", { name: "1 warning" }).first().click();
    expect(await page.locator("#finding-1").isVisible()).toBe(false);
    await page.locator("#service-1 .about a").click();
    await page.locator("#finding-1 .self:focus").waitFor();
  });
});
