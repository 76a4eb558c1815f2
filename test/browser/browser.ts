import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const EXECUTABLE = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * Chromium, from where Debian puts it or from where `CHROMIUM` says.
 * @throws Error if there is none
 */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(`no Chromium at ${EXECUTABLE}: install Debian's package chromium, or name the program in CHROMIUM`);
  }
  return chromium.launch({ executablePath: EXECUTABLE, args: QUIET });
}

/** An open page, and all that went wrong or went out while it was open. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors, dialogs, and requests other than for the page itself. */
  readonly troubles: readonly string[];
}

/** Opens the page at `url` in a window of its own. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url.split("#")[0]) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, troubles };
}
