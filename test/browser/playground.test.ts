import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { decodeState, encodeState, FIRST_STATE } from "#playground/state/index.ts";
import { isObject } from "#src/field/json.ts";
import { ROOT } from "../paths.ts";
import { startBrowser, visit, type Visit } from "./browser.ts";
import { FOCUS_UNSEEN, TOO_WIDE } from "./probes.ts";

const FILE = join(ROOT, "dist/playground/index.html");
const URL = pathToFileURL(FILE).href;

/** What may be loaded before the first answer: all there is. */
const BUDGET = 400_000;

const OWN_POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata:
  name: few-ports
spec:
  validations:
    - name: few-ports
      expression: size(object.spec.ports) < 2
      message: one port is enough
`;

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(() => browser.close());

async function open(state?: Partial<typeof FIRST_STATE>, options?: BrowserContextOptions): Promise<Visit> {
  const fragment = state === undefined ? "" : `#s=${await encodeState(state)}`;
  const opened = await visit(browser, URL + fragment, options);
  await opened.page.locator("#verdict:not(:empty)").waitFor();
  return opened;
}

function editor(page: Page, name: "manifest" | "before" | "policy") {
  return page.locator(`#${name} .cm-content`);
}

async function write(page: Page, name: "manifest" | "before" | "policy", text: string): Promise<void> {
  await editor(page, name).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

const SERVICE = FIRST_STATE.manifest.replace("nodePort: 8080", "nodePort: 30080").replace("tcp", "TCP");

it("is small enough, and one file", () => {
  expect(gzipSync(readFileSync(FILE), { level: 9 }).length).toBeLessThanOrEqual(BUDGET);
});

describe("the answer", () => {
  it("shows a mistake that is typed, and its fix is made", async () => {
    const { page, troubles } = await open({
      manifest: SERVICE.trimEnd(),
    });
    await page.locator("#verdict.good").waitFor();
    await editor(page, "manifest").click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("\nsessionAffinity: clientip");
    await page.locator("#verdict.error").waitFor();
    expect(await page.locator("#steps").textContent()).toContain("sessionAffinity");
    await write(page, "manifest", SERVICE.replace("NodePort", "Nodeport"));
    await page.getByRole("button", { name: /Replace .*Nodeport/ }).click();
    await page.locator("#verdict.good").waitFor();
    expect(await editor(page, "manifest").textContent()).toContain("type: NodePort");
    expect(await page.locator("#terminal").textContent()).toContain("service/web created");
    expect(troubles).toEqual([]);
  });

  it("shows what is sent, patched and stored", async () => {
    const { page } = await open({ manifest: SERVICE, profile: "dual" });
    const panes = page.locator("#objects .pane");
    expect(await panes.count()).toBe(3);
    expect(await panes.nth(1).textContent()).toContain('"path":"/spec/ipFamilyPolicy"');
    expect(await panes.nth(2).locator(".row.picked").first().textContent()).toContain("allocated");
  });

  it("judges an update, with what was stored before", async () => {
    const { page } = await open({ manifest: SERVICE });
    await page.locator("#operation").selectOption("update");
    expect(await editor(page, "before").textContent()).toContain("name: web");
    await page.locator("#verdict.good").waitFor();
    await write(page, "manifest", SERVICE.replace("spec:\n", "spec:\n  clusterIP: None\n"));
    await page.locator("#verdict.error").waitFor();
    expect(await page.locator("#steps").textContent()).toContain("spec.clusterIP");
  });

  it("stays while somebody types what cannot be read yet", async () => {
    const { page } = await open({ manifest: SERVICE });
    const steps = await page.locator("#steps").textContent();
    await write(page, "manifest", `${SERVICE}  selector: [`);
    await page.locator("#verdict.error", { hasText: "The text cannot be read: line" }).waitFor();
    expect(await page.locator("#steps.old").textContent()).toBe(steps);
    await write(page, "manifest", SERVICE);
    await page.locator("#verdict.good").waitFor();
    expect(await page.locator(".old").count()).toBe(0);
  });

  it("is about each Service of several, and tells of the one that is chosen", async () => {
    const { page } = await open({
      manifest: `${SERVICE}---\n${SERVICE.replace("name: web", "name: api").replace("port: 80", "port: 0")}`,
    });
    await page.locator("#verdict.error", { hasText: "1 of 2 Services is refused" }).waitFor();
    expect(await page.locator("#terminal").textContent()).toContain("service/web created");
    await page.locator("#service").selectOption("default/api: refused");
    await page.locator("#steps", { hasText: "spec.ports[0].port" }).waitFor();
  });

  it("changes with the policy, and with one's own in CEL", async () => {
    const { page, troubles } = await open({ manifest: SERVICE });
    await page.locator("#policySet").selectOption("restricted");
    await page.locator("#verdict.error").waitFor();
    expect(await page.locator("#steps").textContent()).toContain("node-ports-forbidden");
    await page.locator("#policySet").selectOption("own");
    await write(page, "policy", OWN_POLICY);
    await page.locator("#verdict.good").waitFor();
    await write(page, "policy", OWN_POLICY.replace("< 2", "< 1"));
    await page.locator("#verdict.error").waitFor();
    expect(await page.locator("#terminal").textContent()).toContain("one port is enough");
    await write(page, "policy", OWN_POLICY.replace("< 2", "<"));
    await page.locator("#policy-findings", { hasText: "Syntax error" }).waitFor();
    await page.locator("#verdict.warning", { hasText: "your policy has errors and is not applied" }).waitFor();
    expect(troubles).toEqual([]);
  });

  it("takes the other objects of the manifest into account", async () => {
    const { page, troubles } = await visit(browser, `${URL}#example=policy/selects-workload`);
    await page.locator("#verdict.error").waitFor();
    expect(await page.locator("#isComplete").isChecked()).toBe(true);
    await editor(page, "manifest").locator(".cm-line", { hasText: "app: cart" }).click();
    await page.keyboard.press("End");
    for (const key of ["Backspace", "Backspace", "Backspace", "Backspace", "w", "e", "b"])
      await page.keyboard.press(key);
    await page.locator("#verdict.good").waitFor();
    expect(troubles).toEqual([]);
  });

  it("goes by more settings, and says which of them cannot be read", async () => {
    const { page } = await open({ manifest: SERVICE });
    await page.getByText("More settings").click();
    await page.locator("#nodePortRange").fill("30000-30010");
    await page.keyboard.press("Enter");
    await page.locator("#steps", { hasText: "node-port-out-of-range" }).waitFor();
    await page.locator("#nodePortRange").fill("many");
    await page.keyboard.press("Enter");
    await page.locator("#choices-problem", { hasText: "30000-32767" }).waitFor();
    await page.locator("#verdict.good").waitFor();
  });

  it("leaves alone in the page what is as it was, and finds fixes in pauses", async () => {
    const { page } = await open({
      manifest: SERVICE.replace("- name: http\n      port", "- port"),
      policySet: "restricted",
    });
    await page.getByRole("button", { name: "Name the port tcp-80" }).waitFor();
    await page.evaluate(
      "mine = ['#manifest-findings li', '#steps li', '#objects pre'].map((of) => document.querySelector(of))",
    );
    await page.locator("#version").selectOption("1.34");
    await page.getByText("Dry run").click();
    await page.locator("#terminal", { hasText: "--dry-run" }).waitFor();
    expect(await page.evaluate("mine.map((one) => one.isConnected)")).toEqual([true, true, true]);
    await page.getByRole("button", { name: "Name the port tcp-80" }).click();
    await page.locator("#manifest .cm-line", { hasText: "name: tcp-80" }).waitFor();
  });

  it("is in the text, too, for who asks for it", async () => {
    const { page } = await open({ manifest: SERVICE });
    expect(await page.locator("#manifest .hint").count()).toBe(0);
    await page.getByLabel("Show what is filled in").check();
    await page.locator("#manifest .hint", { hasText: "sessionAffinity: None" }).waitFor();
    await page.getByLabel("Show what is filled in").uncheck();
    expect(await page.locator("#manifest .hint").count()).toBe(0);
  });

  it("is there for an example of the catalogue", async () => {
    const { page } = await visit(browser, `${URL}#example=policy/named-ports`);
    await page.locator("#steps", { hasText: "policy/named-ports" }).waitFor();
    await page.locator("#example").selectOption("immutable");
    await page.locator("#steps", { hasText: "immutable" }).waitFor();
    expect(await page.locator("#before-part").isVisible()).toBe(true);
  });
});

it("is in a link that opens the same case, without a network", async () => {
  const { page } = await open({ manifest: SERVICE, policySet: "restricted" });
  await page.context().setOffline(true);
  await page.locator("#dryRun").check();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: /Link copied|address bar/ }).waitFor();
  const link = page.url();
  const state = await decodeState(link.split("#s=")[1] ?? "");
  expect(state).toMatchObject({ manifest: SERVICE, policySet: "restricted", dryRun: true });
  const other = await visit(browser, link);
  await other.page.locator("#terminal", { hasText: "--dry-run=server" }).waitFor();
  expect(await other.page.locator("#verdict").textContent()).toBe(await page.locator("#verdict").textContent());
  expect(other.troubles).toEqual([]);
});

it.each([
  { fragment: "#s=damaged", notice: "This link is damaged, or only a part of it." },
  { fragment: "#example=constructor", notice: "There is no example constructor." },
  { fragment: "#example=%", notice: "There is no example %." },
])("says that $fragment leads nowhere, and leaves it", async ({ fragment, notice }) => {
  const { page, troubles } = await visit(browser, URL + fragment);
  await page.locator("#notice", { hasText: notice }).waitFor();
  await page.locator("#announcement:not(:empty)").waitFor({ state: "attached" });
  expect(page.url()).toBe(URL + fragment);
  expect(troubles).toEqual([]);
});

describe("for every reader", () => {
  it.each([
    { name: "light", options: {} },
    { name: "dark", options: { colorScheme: "dark" } },
    { name: "a phone", options: { viewport: { width: 375, height: 800 } } },
  ] as const)("axe finds nothing serious: $name", async ({ options }) => {
    const state = { manifest: SERVICE, before: SERVICE, policy: OWN_POLICY, nodePortRange: "many" };
    const { page } = await open(state, options);
    await page.getByLabel("Show what is filled in").check();
    await page.evaluate(axe.source);
    const result: unknown = await page.evaluate("axe.run().then(({ violations }) => violations)");
    const serious = (Array.isArray(result) ? result : []).filter(
      (one: unknown) => isObject(one) && ["serious", "critical"].includes(String(one["impact"])),
    );
    expect(serious).toEqual([]);
    expect(await page.evaluate(TOO_WIDE)).toEqual([]);
  });

  it("can be used by keyboard alone", async () => {
    const { page } = await open({ manifest: SERVICE.replace("NodePort", "Nodeport") });
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press("Tab");
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      }
      throw new Error(`Tab never leads to ${selector}`);
    };
    await tabTo("#policySet");
    expect(await page.evaluate(FOCUS_UNSEEN)).toEqual([]);
    await tabTo("#manifest .cm-content");
    await page.keyboard.press("F8");
    await page.keyboard.press("Alt+Enter");
    await page.locator("#verdict.good").waitFor();
    await page.keyboard.press("Alt+h");
    await page.locator("#manifest .hover").first().waitFor();
    await page.keyboard.press("Escape");
    await tabTo("#copy, .terminal");
  });

  it("leaves Enter alone behind a word that is complete", async () => {
    const { page } = await open({ manifest: "" });
    await editor(page, "manifest").click();
    for (const line of ["apiVersion: v1", "kind: Service", "metadata:", "  name: web"]) {
      await page.keyboard.type(line.trimStart(), { delay: 20 });
      // So long that what completes the line is offered.
      await page.waitForTimeout(250);
      await page.keyboard.press("Enter");
      if (line === "metadata:") await page.keyboard.press("Tab");
    }
    expect(await page.locator("#manifest .cm-line").allTextContents()).toEqual([
      "apiVersion: v1",
      "kind: Service",
      "metadata:",
      "  name: web",
      "  ",
    ]);
  });

  it("hovers and completes in the editors", async () => {
    const { page } = await open({ manifest: SERVICE });
    await page.locator("#manifest .t-key", { hasText: "targetPort" }).hover();
    await page.locator("#manifest .hover", { hasText: "targetPort" }).waitFor();
    await editor(page, "manifest").click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("  sess");
    await page.locator("#manifest .cm-tooltip-autocomplete", { hasText: "sessionAffinity" }).waitFor();
  });
});
