import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver-protocol/node";
import { BAD, Checkout, WITH_EXTERNAL_IP } from "#test/check/checkout.ts";
import { LspClient, uriOf } from "./client.ts";
import { POLICY, TEAM } from "./policies.ts";

const plain = new Checkout();
/** A folder that is opened later. */
const extra = new Checkout();
let client: LspClient;

beforeAll(async () => {
  plain.write(".fairlead.yaml", "policy: [team.yaml]\n");
  plain.write("team.yaml", TEAM);
  extra.write("sub/.fairlead.yaml", "excluded: []\n");
  client = await LspClient.start({ folders: [plain.folder] });
});

afterAll(() => {
  client.server.kill();
  for (const checkout of [plain, extra]) checkout.remove();
});

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

test("a document that is closed while its folder is read is not judged", async () => {
  plain.write("slow/.fairlead.yaml", "failOn: error\n");
  const [closed, kept] = [join(plain.folder, "slow/closed.yaml"), join(plain.folder, "slow/kept.yaml")];
  void client.open(closed, BAD);
  await client.close(closed);
  expect(codes(await client.open(kept, BAD))).toEqual(["port-range", "port-range"]);
  expect(client.last(uriOf(closed)) ?? []).toEqual([]);
});

test("folders of the workspace come and go, with all that is said of their files", async () => {
  const file = join(extra.folder, "sub/bad.yaml");
  const config = uriOf(join(extra.folder, "sub/.fairlead.yaml"));
  expect(codes(await client.open(file, BAD))).toEqual(["port-range", "port-range"]);
  const folder = { uri: uriOf(extra.folder), name: "extra" };
  const change = (event: WorkspaceFoldersChangeEvent) =>
    client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
  await change({ added: [folder], removed: [] });
  await client.diagnostics(config, ({ diagnostics }) => diagnostics.length > 0);
  await client.diagnostics(uriOf(file));
  await change({ added: [], removed: [folder] });
  await client.diagnostics(uriOf(file));
  await client.close(file);
});

describe("a configuration or a policy that is wrong", () => {
  const config = join(plain.folder, ".fairlead.yaml");
  const file = join(plain.folder, "judged.yaml");

  const written = async (text: string): Promise<void> => {
    plain.write(".fairlead.yaml", text);
    const changes = [{ uri: uriOf(config), type: 2 } as const];
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  };

  test("is said in its file and to the user, and the one before counts until it is right", async () => {
    expect(codes(await client.open(file, WITH_EXTERNAL_IP))).toEqual([
      "external-ips-deprecated",
      "policy/external-ips",
    ]);
    await written("policy: [team.yaml]\nfailon: error\n");
    const [problem] = await client.diagnostics(uriOf(config), ({ diagnostics }) => diagnostics.length > 0);
    expect(problem).toMatchObject({ range: { start: { line: 1 } }, message: expect.stringContaining("failOn") });
    expect(await client.message("failon is not an option")).toContain("the settings before are used");
    expect(codes(await client.change(file, 2, `${WITH_EXTERNAL_IP}\n`))).toEqual([
      "external-ips-deprecated",
      "policy/external-ips",
    ]);
    await written("failOn: error\n");
    await client.diagnostics(uriOf(config), ({ diagnostics }) => diagnostics.length === 0);
    await client.diagnostics(uriOf(file), ({ diagnostics }) => diagnostics.length === 1);
  });

  test("is no longer said when the text is right, before it is saved", async () => {
    const text = "policy: [none.yaml]\n";
    await written(text);
    await client.diagnostics(uriOf(config), ({ diagnostics }) => diagnostics.length > 0);
    expect(await client.open(config, text)).toMatchObject([{ message: expect.stringContaining("none.yaml") }]);
    expect(await client.change(config, 2, "policy: [team.yaml]\n")).toEqual([]);
    await client.close(config);
    await written("failOn: error\n");
    await client.diagnostics(uriOf(config), ({ diagnostics }) => diagnostics.length === 0);
  });

  test("is said of JSON in one line, and not where Fairlead is switched off", async () => {
    const policy = join(plain.folder, "policy.json");
    const text = `{"apiVersion":"fairlead.dev/v1alpha1","kind":"ServicePolicy","metadata":{"name":"j"},"spec":{"rules":[{"rule":"x-y"}]}}`;
    expect(await client.open(policy, text, "json")).toMatchObject([{ message: expect.stringContaining("x-y") }]);
    for (const [settings, count] of [
      [{ enable: false }, 0],
      [{}, 1],
    ] as const) {
      client.settings = settings;
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
      await client.diagnostics(uriOf(policy), ({ diagnostics }) => diagnostics.length === count);
    }
  });

  test("is said while it is typed", async () => {
    expect(await client.open(config, "failon: error\n")).toMatchObject([
      { message: expect.stringContaining("failOn") },
    ]);
    const policy = join(plain.folder, "policy.yaml");
    expect(await client.open(policy, POLICY)).toMatchObject([
      { range: { start: { line: 6 } }, message: expect.stringContaining("no-such-rule") },
    ]);
  });
});
