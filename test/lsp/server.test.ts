import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidSaveTextDocumentNotification,
  ExecuteCommandRequest,
  HoverRequest,
  InlayHintRequest,
  type Position,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isObject } from "#src/field/json.ts";
import { BAD, Checkout, GOOD, WITH_EXTERNAL_IP } from "#test/check/checkout.ts";
import { LspClient, uriOf } from "./client.ts";
import { POLICY, TEAM } from "./policies.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          ports:
            - { name: http, containerPort: 8080 }
`;
const WEB = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: http
`;
const SERVICE = "apiVersion: v1\nkind: Service\n";
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: { name: web, port: { number: 80 } }
`;
/** A folder with all kinds of files. */
const plain = new Checkout();
/** A repository that is judged against its last commit. */
const repository = new Checkout();
/** A folder whose policies look at other objects. */
const estate = new Checkout();
let client: LspClient;

beforeAll(async () => {
  plain.write("bad.yaml", `${BAD}---\n${BAD.replace("web", "other").replace("{ ports", "{ type: Nodeport, ports")}`);
  plain.write(
    "crlf.yaml",
    "apiVersion: v1\r\nkind: Service\r\nmetadata:\r\n  name: å😀\r\nspec: { type: nodeport }\r\n",
  );
  plain.write(
    "list.json",
    `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Service","metadata":{"name":"j"},"spec":{"ports":[{"port":"80"}]}}]}`,
  );
  plain.write("excluded/bad.yaml", BAD);
  plain.write("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
  plain.write("chart/templates/web.yaml", BAD.replace("name: web", "name: {{ .Release.Name }}"));
  plain.write("template.yaml", BAD.replace("name: web", "name: {{ name }}"));
  plain.write("kustomize/kustomization.yaml", "patches: [{ path: patch.yaml }]\n");
  plain.write("kustomize/patch.yaml", BAD);
  plain.write("values.yaml", "a: [\n");
  plain.write(".hidden/bad.yaml", BAD);
  plain.write(".fairlead.yaml", "exclude: [excluded/**]\npolicy: [team.yaml]\n");
  plain.write("team.yaml", TEAM);
  plain.write("exempt.yaml", WITH_EXTERNAL_IP.replace("web", "exempt"));
  repository.write("web.yaml", GOOD.replace("{ ports", "{ clusterIP: 10.96.0.10, ports"));
  repository.commitAll();
  estate.write(".fairlead.yaml", "policy: [consistency]\n");
  estate.write("web.yaml", WEB);
  estate.write("deployment.yaml", DEPLOYMENT);
  estate.write("ingress.yaml", INGRESS);
  client = await LspClient.start({ folders: [plain.folder, repository.folder, estate.folder] });
});

afterAll(() => {
  client.server.kill();
  for (const checkout of [plain, repository, estate]) checkout.remove();
});

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

/** The place in front of a text. */
function before(text: string, part: string): Position {
  return TextDocument.create("", "", 0, text).positionAt(text.indexOf(part));
}

function at(file: string, position: Position) {
  return { textDocument: { uri: uriOf(file) }, position };
}

async function actionsAt(file: string, position: Position, only?: string[]): Promise<CodeAction[]> {
  const found = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: uriOf(file) },
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only && { only }) },
  });
  return (found ?? []).filter((one): one is CodeAction => "edit" in one);
}

/** The text after an action. */
function applied(text: string, { edit }: CodeAction): string {
  const [change] = edit?.documentChanges ?? [];
  const edits = change !== undefined && "edits" in change ? change.edits : [];
  const textEdits = edits.filter((one): one is TextEdit => "newText" in one);
  return TextDocument.applyEdits(TextDocument.create("", "", 0, text), textEdits);
}

describe("diagnostics", () => {
  test("are what `fairlead check` reports for the same folder, and no others", async () => {
    const { stdout } = await plain.check(".", "--format", "json");
    const report: unknown = JSON.parse(stdout);
    const findings: unknown = isObject(report) ? report["findings"] : [];
    const reported = (Array.isArray(findings) ? findings : []).map((finding: unknown) => {
      const { file, rule, region } = isObject(finding) ? finding : {};
      const { startLine, startColumn } = isObject(region) ? region : {};
      return [file, rule, startLine, startColumn].join(" ");
    });
    const shown: string[] = [];
    for (const name of [
      "bad.yaml",
      "chart/templates/web.yaml",
      "crlf.yaml",
      "excluded/bad.yaml",
      "exempt.yaml",
      "list.json",
      ".hidden/bad.yaml",
      "kustomize/patch.yaml",
      "template.yaml",
      "values.yaml",
    ]) {
      const text = readFileSync(join(plain.folder, name), "utf8");
      for (const { code, range } of await client.open(
        join(plain.folder, name),
        text,
        name.endsWith("json") ? "json" : "yaml",
      ))
        shown.push([name, code, range.start.line + 1, range.start.character + 1].join(" "));
    }
    expect(shown.sort()).toEqual(reported.sort());
    expect(new Set(shown.map((line) => line.split(" ")[0]))).toEqual(
      new Set(["bad.yaml", "crlf.yaml", "exempt.yaml", "list.json"]),
    );
  });

  test("are those of a text that is in no file yet", async () => {
    expect(codes(await client.open("untitled:Untitled-1", BAD))).toEqual(["port-range", "port-range"]);
    expect(codes(await client.open("untitled:Untitled-2", "a: [\n"))).toEqual([]);
  });

  test("follow the text, in UTF-16 units and after changes of a part", async () => {
    const file = join(plain.folder, "typed.yaml");
    await client.open(file, GOOD);
    const [, diagnostic] = await client.change(file, 2, BAD.replace("name: web", "name: web, annotations: { a: 😀 }"));
    expect(diagnostic).toMatchObject({ code: "port-range", range: { start: { line: 3, character: 24 } } });
    expect(await client.change(file, 3, GOOD)).toEqual([]);
  });
});

test("a change is told to the other open documents that it conflicts with", async () => {
  const [first, second] = ["twice-1.yaml", "twice-2.yaml"].map((name) => join(plain.folder, "twice", name));
  if (first === undefined || second === undefined) return;
  const port = (number: number) => GOOD.replace("ports: [{", `type: NodePort, ports: [{ nodePort: ${number},`);
  plain.write("twice/twice-1.yaml", port(30001));
  plain.write("twice/twice-2.yaml", port(30001).replace("web", "two"));
  const changes = [first, second].map((file) => ({ uri: uriOf(file), type: 1 as const }));
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  await client.open(second, port(30001).replace("web", "two"));
  const found = await client.diagnostics(uriOf(second), ({ diagnostics }) => diagnostics.length > 0);
  expect(found).toMatchObject([{ code: "node-port-twice", message: expect.stringContaining("twice-1.yaml:4") }]);
  expect(await client.open(first, port(30002))).toEqual([]);
  await client.diagnostics(uriOf(second), ({ diagnostics }) => diagnostics.length === 0);
  for (const file of [first, second]) await client.close(file);
});

test("a finding that a policy lets an annotation exempt can be exempted", async () => {
  const file = join(plain.folder, "exemption.yaml");
  await client.open(file, WITH_EXTERNAL_IP);
  const actions = await actionsAt(file, before(WITH_EXTERNAL_IP, "203"), ["quickfix"]);
  const exemption = actions.find(({ title }) => title.startsWith("Exempt"));
  expect(exemption && applied(WITH_EXTERNAL_IP, exemption)).toContain("exempt.fairlead.dev/external-ips");
});

describe("what would be stored", () => {
  const file = join(plain.folder, "stored.yaml");

  test("is said above each Service, and shown by a command", async () => {
    await client.open(file, GOOD);
    const uri = uriOf(file);
    const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
    expect(lens).toMatchObject({ range: { start: { line: 0 } }, command: { command: "fairlead.showStored" } });
    for (const service of [0, { line: 2, character: 1 }, lens?.command?.arguments?.[1]]) {
      const params = { command: "fairlead.showStored", arguments: [uri, service] };
      expect(await client.connection.sendRequest(ExecuteCommandRequest.type, params)).toContain(
        "sessionAffinity: None",
      );
    }
    expect(client.asked.at(-1)).toMatchObject({ method: "window/showDocument" });
    const none = { command: "fairlead.showStored", arguments: [uri, 7] };
    expect(await client.connection.sendRequest(ExecuteCommandRequest.type, none)).toBeNull();
  });

  test("is that of the Service that a lens is about, though the text has changed since", async () => {
    const changed = join(plain.folder, "lenses.yaml");
    const [uri, second] = [uriOf(changed), GOOD.replace("name: web", "name: second")];
    await client.open(changed, `${GOOD}---\n${second}`);
    const [, lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
    const shown = () =>
      client.connection.sendRequest(ExecuteCommandRequest.type, {
        command: "fairlead.showStored",
        arguments: lens?.command?.arguments ?? [],
      });
    expect(await shown()).toContain("name: second");
    await client.change(changed, 2, `${second}---\n${GOOD.replace("name: web", "name: third")}`);
    expect(await shown()).toContain("name: second");
    await client.change(changed, 3, `${GOOD}---\n${GOOD.replace("name: web", "name: third")}`);
    expect(await shown()).toBeNull();
    await client.close(changed);
  });

  test("is no manifest, whichever server is asked", async () => {
    const placeholders = GOOD.replace("{ ports", "{ clusterIP: <allocated>, ports");
    for (const [name, expected] of [
      ["fairlead-stored-x/default-web.stored.yaml", []],
      ["web.stored.yaml", ["ip-format"]],
    ] as const) {
      const shown = join(plain.folder, name);
      expect(codes(await client.open(shown, placeholders))).toEqual(expected);
      await client.close(shown);
    }
  });

  test("is hinted at beside the text, if the user asks for that", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    const hints = () =>
      client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: uriOf(file) }, range });
    expect(await hints()).toEqual([]);
    client.settings = { inlayHints: true };
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await client.diagnostics(uriOf(file));
    expect(await hints()).not.toEqual([]);
    client.settings = {};
  });
});

describe("what can be done about a finding", () => {
  const file = join(plain.folder, "fixes.yaml");
  const text = GOOD.replace("{ ports", "{ type: Nodeport, sessionAffinity: clientip, ports").replaceAll("\n", "\r\n");

  test("is its fix, and all fixes of the file", async () => {
    await client.open(file, text);
    const [fix] = await actionsAt(file, before(text, "Nodeport"), ["quickfix"]);
    expect(fix).toMatchObject({ kind: "quickfix", isPreferred: true, diagnostics: [{ code: "unsupported-value" }] });
    expect(fix && applied(text, fix)).toBe(text.replace("Nodeport", "NodePort"));
    const [all, ...others] = await actionsAt(file, { line: 0, character: 0 }, ["source.fixAll"]);
    expect(others).toEqual([]);
    expect(all && applied(text, all)).toBe(text.replace("Nodeport", "NodePort").replace("clientip", "ClientIP"));
  });
});

test("help and completions are those of the editor's room", async () => {
  const file = join(plain.folder, "words.yaml");
  const text = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  type: \n  ports: [{ port: 80 }]\n";
  await client.open(file, text);
  const hover = await client.connection.sendRequest(HoverRequest.type, at(file, before(text, "ports")));
  expect(hover).toMatchObject({ contents: { kind: "markdown" }, range: { start: { line: 5, character: 2 } } });
  const found = await client.connection.sendRequest(CompletionRequest.type, at(file, { line: 4, character: 8 }));
  const items = Array.isArray(found) ? found : [];
  expect(items.map(({ label }) => label)).toContain("NodePort");
  expect(items[0]).toMatchObject({ textEdit: { range: { start: { line: 4, character: 8 } } } });
});

test.each([
  ["quoted.yaml", `${SERVICE}spec:\n  type: "Cl|"\n`, "ClusterIP"],
  ["quoted.yaml", `${SERVICE}spec:\n  type: 'Cl|'\n`, "ClusterIP"],
  ["quoted.json", '{"apiVersion": "v1", "kind": "Service", "spec": {"sel|"}}', "selector"],
  ["quoted.json", '{"apiVersion": "v1", "kind": "Service", "spec": {"type": "Cl|"}}', "ClusterIP"],
])("a word in quotes is found by what has been typed, the quote with it: %s, %#", async (name, marked, label) => {
  const file = join(plain.folder, name);
  const position = before(marked, "|");
  const text = marked.replace("|", "");
  await client.open(file, text);
  const found = await client.connection.sendRequest(CompletionRequest.type, at(file, position));
  const item = (Array.isArray(found) ? found : []).find((one) => one.label === label);
  const edit = item?.textEdit;
  const start = edit !== undefined && "range" in edit ? edit.range.start : undefined;
  // Editors compare the text from the start of the range to the cursor.
  const typed = start && TextDocument.create("", "", 0, text).getText({ start, end: position });
  expect(typed).toMatch(/^["'](?:sel|Cl)$/);
  expect(item?.filterText?.startsWith(typed ?? "?")).toBe(true);
  await client.close(file);
});

test.each([
  ["web.yaml", WEB, "http", ["deployment.yaml 11"]],
  ["web.yaml", WEB, "{ app", ["deployment.yaml 2"]],
  ["ingress.yaml", INGRESS, "web, port", ["web.yaml 3"]],
  ["ingress.yaml", INGRESS, "80", ["web.yaml 7"]],
  ["ingress.yaml", INGRESS, "Prefix", []],
])("the definition in %s, %#", async (name, text, part, expected) => {
  const file = join(estate.folder, name);
  await client.open(file, text);
  const found = await client.connection.sendRequest(DefinitionRequest.type, at(file, before(text, part)));
  const places = (Array.isArray(found) ? found : []).map((place) =>
    "uri" in place ? `${place.uri.split("/").at(-1) ?? ""} ${place.range.start.line}` : "",
  );
  expect(places).toEqual(expected);
  await client.close(file);
});

test("policies look at the other files of the folder, at their texts in the editor", async () => {
  const [web, deployment] = ["web.yaml", "deployment.yaml"].map((name) => join(estate.folder, name));
  if (web === undefined || deployment === undefined) return;
  expect(await client.open(web, WEB)).toEqual([]);
  await client.open(deployment, DEPLOYMENT.replace("name: http", "name: other"));
  const found = await client.diagnostics(uriOf(web), ({ diagnostics }) => diagnostics.length > 0);
  expect(codes(found)).toEqual(["policy/target-port-named"]);
  await client.close(deployment);
  await client.diagnostics(uriOf(web), ({ diagnostics }) => diagnostics.length === 0);
  await client.close(web);
});

test("a repository is judged against its last commit if the user says so, and again after the next commit", async () => {
  const file = join(repository.folder, "web.yaml");
  const changed = GOOD.replace("{ ports", "{ clusterIP: 10.96.0.11, ports");
  expect(codes(await client.open(file, changed))).toEqual([]);
  client.settings = { against: "HEAD" };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  const found = await client.diagnostics(uriOf(file), ({ diagnostics }) => diagnostics.length > 0);
  expect(codes(found)).toEqual(["immutable"]);
  repository.write("web.yaml", changed);
  repository.git("commit", "-qam", "changed");
  await client.connection.sendNotification(DidSaveTextDocumentNotification.type, {
    textDocument: { uri: uriOf(file) },
  });
  await client.diagnostics(uriOf(file), ({ diagnostics }) => diagnostics.length === 0);
  client.settings = {};
});

test("there is help in a configuration and in a policy", async () => {
  const config = join(repository.folder, ".fairlead.yaml");
  await client.open(config, "policy:\n  - \n");
  const sets = await client.connection.sendRequest(CompletionRequest.type, at(config, { line: 1, character: 4 }));
  expect((Array.isArray(sets) ? sets : []).map(({ label }) => label)).toContain("baseline");
  const policy = join(repository.folder, ".policies/team.yaml");
  await client.open(policy, POLICY.replace("no-such-rule", ""));
  const rules = await client.connection.sendRequest(CompletionRequest.type, at(policy, { line: 6, character: 12 }));
  expect((Array.isArray(rules) ? rules : []).map(({ label }) => label)).toContain("external-ips");
});

test("the server ends when the editor says so", async () => {
  expect(await client.end()).toBe(0);
});
