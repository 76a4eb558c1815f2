import { rmSync } from "node:fs";
import { relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { check } from "#src/check/index.ts";
import { Checkout, GOOD } from "#test/check/checkout.ts";
import { Estate } from "../estate.ts";

function service(name: string, port?: number, metadata = ""): string {
  const named = GOOD.replace("name: web", `name: ${name}${metadata}`);
  return port === undefined ? named : named.replace("ports: [{", `type: NodePort, ports: [{ nodePort: ${port},`);
}

const FILES: Readonly<Record<string, string>> = {
  "a.yaml": service("a", 30001),
  // The same port, and the same name once more.
  "b/b.yaml": `${service("b", 30001)}---\n${service("b")}`,
  "b/copy.yaml": service("b"),
  // Another version of the same, and all of them in one.
  "b/copy-1.2.yaml": service("c"),
  "b/copy-1.3.yaml": service("c"),
  "all/all.yaml": [service("a"), service("b"), service("x")].join("---\n"),
  // Excluded, no manifest, a template, a patch: they claim nothing.
  "0-excluded/a.yaml": service("x", 30001),
  "0.yaml": "nodePort: 30001\n",
  "0-template.yaml": service("{{ name }}", 30001),
  "base/kustomization.yaml": "resources: [one.yaml, two.yaml]\npatches: [{ path: 0-patch.yaml }]\nnamespace: shop\n",
  "base/0-patch.yaml": service("one", 30005),
  "base/one.yaml": service("one", 30005),
  "base/two.yaml": `${service("one")}---\n${service("two", 30005)}---\n${service("three", 30001)}`,
  // Sets of their own.
  "clusters/1/a.yaml": service("a", 30001),
  "clusters/2/a.yaml": service("a", 30001),
  "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
  "chart/templates/a.yaml": service("a", 30001),
  "list.json": JSON.stringify({
    apiVersion: "v1",
    kind: "ServiceList",
    items: [{ metadata: { name: "l" }, spec: { type: "NodePort", ports: [{ port: 1, nodePort: 30001 }] } }],
  }),
  "z.yaml": service("z", 30001, ", namespace: other"),
};
const OPTIONS = { exclude: ["0-excluded/**"], sets: ["clusters/*"] };

const checkout = new Checkout();
let estate: Estate;
beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) checkout.write(name, text);
  checkout.write(".fairlead.yaml", JSON.stringify(OPTIONS));
  estate = new Estate(checkout);
});
afterAll(() => {
  estate.end();
  checkout.remove();
});

/** The findings of the check for files as they are on disk, by file. */
async function reported(): Promise<Readonly<Record<string, readonly string[]>>> {
  const within = (glob: string) => `${checkout.folder}/${glob}`;
  const { exclude, sets } = OPTIONS;
  const { findings } = await check([checkout.folder], { exclude: exclude.map(within), sets: sets.map(within) });
  return Object.fromEntries(
    Object.keys(FILES).map((name) => [
      name,
      findings
        .filter(({ file }) => relative(checkout.folder, file) === name)
        .map(({ rule, message }) => `${rule}: ${message.replaceAll(within(""), "")}`)
        .sort(),
    ]),
  );
}

async function shown(name: string): Promise<readonly string[]> {
  return (await estate.diagnostics(name)).map(({ code, message }) => `${code}: ${message}`).sort();
}

async function shownAll(): Promise<Readonly<Record<string, readonly string[]>>> {
  const all = Object.keys(FILES).map(async (name) => [name, await shown(name)] as const);
  return Object.fromEntries(await Promise.all(all));
}

/** Waits until what is shown of a file ends so. */
async function eventually(name: string, end: string): Promise<void> {
  await estate.eventually(async () => (await shown(name)).some((one) => one.endsWith(end)));
}

test("conflicts with files that are not open are shown as soon as these are read", async () => {
  estate.open("z.yaml");
  await eventually("z.yaml", "requested by default/a at a.yaml:4");
});

test("of all files, what is shown is what the check reports", async () => {
  for (const name of Object.keys(FILES)) estate.open(name);
  expect(await shownAll()).toEqual(await reported());
  expect(Object.entries(await shownAll()).flatMap(([name, all]) => (all.length > 0 ? [name] : []))).toEqual([
    "b/b.yaml",
    "b/copy.yaml",
    "base/two.yaml",
    "list.json",
    "z.yaml",
  ]);
});

test.each([
  ["a claim that moves", "a.yaml", `\n${service("a", 30001)}`, "requested by default/a at a.yaml:5"],
  ["a claim that is no more", "a.yaml", service("a"), "requested by default/b at b/b.yaml:4"],
  ["a claim that is there again", "a.yaml", service("a", 30001), "requested by default/a at a.yaml:4"],
  [
    "a claim of a file that was no manifest",
    "0.yaml",
    service("early", 30001),
    "requested by default/early at 0.yaml:4",
  ],
  ["the text on disk of a file that was closed", "0.yaml", undefined, "requested by default/a at a.yaml:4"],
])("a change concerns those that it conflicts with: %s", async (_what, name, text, end) => {
  await shownAll();
  estate.concerned.clear();
  if (text === undefined) estate.close(name);
  else estate.open(name, text);
  await shown(name);
  await eventually("z.yaml", end);
  expect([...estate.concerned].map((file) => relative(checkout.folder, file))).toEqual(
    expect.arrayContaining(["b/b.yaml", "list.json", "z.yaml"]),
  );
  expect(estate.concerned.size).toBeLessThanOrEqual(4);
});

test("a new file, one that is gone, and files that belong together otherwise", async () => {
  checkout.write("0.yaml", service("early", 30001));
  estate.projects.fileChanged(`${checkout.folder}/0.yaml`, "content");
  await eventually("z.yaml", "requested by default/early at 0.yaml:4");
  checkout.write("0/new.yaml", service("new", 30001));
  rmSync(`${checkout.folder}/0.yaml`);
  estate.projects.fileChanged(`${checkout.folder}/0/new.yaml`, "existence");
  await eventually("z.yaml", "requested by default/new at 0/new.yaml:4");
  checkout.write("0/kustomization.yaml", "resources: [new.yaml]\n");
  estate.projects.fileChanged(`${checkout.folder}/0/kustomization.yaml`, "existence");
  await eventually("z.yaml", "requested by default/a at a.yaml:4");
});
