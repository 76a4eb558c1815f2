/**
 * Measures how long the built playground takes from a key to its answer: `node scripts/browser-typing.ts`. Only two builds on
 * the same quiet machine can be compared.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encodeState, FIRST_STATE, type PlaygroundState } from "#playground/state/index.ts";
import { startBrowser, visit } from "#test/browser/browser.ts";

const PAGE = pathToFileURL(join(import.meta.dirname, "../dist/playground/index.html")).href;
const KEYS = 80;

/** Remembers the time of each key, and of each answer when it is painted: what is typed is a name, which the answer says. */
const WATCH = `(() => {
  globalThis.times = [];
  let pressed = 0;
  addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => {
    const since = pressed;
    requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - since)));
  }).observe(document.getElementById("verdict"), { childList: true, characterData: true, subtree: true });
})()`;

const SERVICE = FIRST_STATE.manifest.replace("nodePort: 8080", "nodePort: 30080").replace("tcp", "TCP");

const CASES: readonly { readonly name: string; readonly state: Partial<PlaygroundState> }[] = [
  { name: "one Service", state: { manifest: SERVICE, policySet: "restricted" } },
  { name: "1,050 lines", state: { manifest: manyServices(70), policySet: "restricted" } },
  {
    name: "1,050 lines, rules that look at all of them",
    state: { manifest: manyServices(70), policySet: "consistency" },
  },
];

/** Each has 15 lines. */
function manyServices(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    SERVICE.replace("name: web", `name: web-${index}`).replace("30080", String(30_000 + index)),
  ).join("---\n");
}

const browser = await startBrowser();
for (const { name, state } of CASES) {
  const { page } = await visit(browser, `${PAGE}#s=${await encodeState(state)}`);
  await page.locator("#verdict", { hasText: "Service default/web" }).waitFor();
  await page.evaluate(WATCH);
  await page.locator("#manifest .cm-line", { hasText: "name: web" }).first().click();
  await page.keyboard.press("End");
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.type("abcdefgh".charAt(key % 8));
    // The page's policy lets nothing wait within it.
    while ((await page.evaluate<number>("times.length")) <= key) await page.waitForTimeout(20);
    if (key % 16 === 15) await page.waitForTimeout(800);
  }
  const times = await page.evaluate<number[]>("times");
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string => `${(sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0)} ms`;
  console.log(`${name}: p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)} of ${sorted.length} keys`);
  await page.close();
}
await browser.close();
