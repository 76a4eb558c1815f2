import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { HoverRequest, type InitializeResult, ShutdownRequest } from "vscode-languageserver-protocol/node";
import { isObject } from "#src/field/json.ts";
import { BAD, GOOD } from "#test/check/checkout.ts";
import { killAfterTest } from "#test/cleanup.ts";
import { CLI } from "#test/paths.ts";
import { LspClient, uriOf } from "./client.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-life-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("an editor without any abilities, that names no folder and asks nonsense, gets its diagnostics", async () => {
  const client = await LspClient.start({ capabilities: {} });
  killAfterTest(client.server);
  const file = join(folder, "bad.yaml");
  expect((await client.open(file, BAD)).map(({ code }) => code)).toEqual(["port-range", "port-range"]);
  // A position that no document has, a document that is not open, and a request that nobody knows.
  const position = { line: 9000, character: 9000 };
  for (const uri of ["file:///no/such/file.yaml", "file://host/x.yaml", "nonsense", `file://${file}`])
    expect(await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position })).toBeNull();
  await expect(client.connection.sendRequest("fairlead/unknown", {})).rejects.toThrow();
  await expect(client.connection.sendRequest("textDocument/hover", {})).rejects.toThrow("this is a bug in fairlead");
  expect(await client.change(file, 2, "")).toEqual([]);
  expect(await client.end()).toBe(0);
});

test("the server ends when the editor's end of the pipe closes", async () => {
  const server = killAfterTest(spawn(process.execPath, [CLI, "lsp"], { stdio: ["pipe", "ignore", "ignore"] }));
  server.stdin.end();
  expect(await once(server, "exit")).toEqual([1, null]);
});

test("the server ends when nobody listens any more", async () => {
  const server = killAfterTest(spawn(process.execPath, [CLI, "lsp"], { stdio: ["pipe", "pipe", "pipe"] }));
  server.stdout.destroy();
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: { capabilities: {} } });
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  expect(await once(server, "exit")).toEqual([1, null]);
});

test("the server takes what clients add to its command, and answers nothing after it was shut down", async () => {
  const client = await LspClient.start({ args: [`--clientProcessId=${process.pid}`] });
  killAfterTest(client.server);
  const file = join(folder, "good.yaml");
  await client.open(file, GOOD);
  await client.connection.sendRequest(ShutdownRequest.type);
  const params = { textDocument: { uri: uriOf(file) }, position: { line: 1, character: 1 } };
  await expect(client.connection.sendRequest(HoverRequest.type, params)).rejects.toThrow("has been shut down");
  expect(await client.end()).toBe(0);
});

test("what the server says of itself", async () => {
  const client = new LspClient({});
  killAfterTest(client.server);
  const answer: unknown = await client.connection.sendRequest("initialize", { processId: null, capabilities: {} });
  expect(isInitialized(answer) && answer.serverInfo).toMatchObject({ name: "fairlead" });
  expect(isInitialized(answer) && Object.keys(answer.capabilities).sort()).toEqual([
    "codeActionProvider",
    "codeLensProvider",
    "completionProvider",
    "definitionProvider",
    "executeCommandProvider",
    "hoverProvider",
    "inlayHintProvider",
    "textDocumentSync",
    "workspace",
  ]);
  expect(await client.end()).toBe(0);
});

function isInitialized(value: unknown): value is InitializeResult {
  return isObject(value) && isObject(value["capabilities"]);
}
