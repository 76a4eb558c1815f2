/** `npm run demo`: sends real reviews over verified TLS to a server of its own, and prints requests and responses. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import jsonPatch, { type Operation } from "fast-json-patch";
import { stringify } from "yaml";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { wantsColour } from "#src/reports/console/colour.ts";
import { paintsFor } from "#src/reports/console/paints.ts";
import { diffLines } from "#src/reports/diff.ts";

const ROOT = join(import.meta.dirname, "..");
const REVIEWS = join(ROOT, "test", "reviews");

const pc = paintsFor(wantsColour(process.env, process.stdout));
const PAINT = { " ": (text: string) => text, "+": pc.green, "-": pc.red } as const;

/** One exchange of the demo. */
interface Scene {
  readonly title: string;
  /** What the exchange demonstrates. */
  readonly point: string;
  readonly file: string;
  readonly path: "/mutate" | "/validate";
  readonly change?: (object: JsonObject) => void;
}

const SCENES: readonly Scene[] = [
  {
    title: "A new Service that leaves things open",
    point: "what the API server would fill in is filled in",
    file: "create-main-kubectl-client-side-apply-shop-mutating.json",
    path: "/mutate",
    change: (object) => {
      const { ports, selector, type } = part(object, "spec");
      const open = Array.isArray(ports) ? ports.filter(isObject).map(portOf) : [];
      object["spec"] = { type, selector, ports: open };
    },
  },
  {
    title: "A dual-stack default",
    point: "this server is told --ip-family-policy PreferDualStack: two addresses where the cluster can give them",
    file: "create-main-kubectl-create-np-mutating.json",
    path: "/mutate",
  },
  {
    title: "A Service with several mistakes",
    point: "each is named at its place, with its fix, all at once",
    file: "create-main-kubectl-client-side-apply-shop-validating.json",
    path: "/validate",
    change: (object) => {
      const { ports, selector, type } = part(object, "spec");
      const [first, second] = Array.isArray(ports) ? ports.filter(isObject).map(portOf) : [];
      object["spec"] = {
        type,
        selector,
        sessionAffinity: "Clientip",
        ports: [{ ...first, port: 70000, targetPort: "HTTP" }, second],
        loadBalancerSourceRanges: ["203.0.113.7"],
      };
    },
  },
  {
    title: "An update",
    point: "judged beside what is stored; nothing that is stored is taken away or filled in anew",
    file: "update-main-kubectl-patch-shop-validating.json",
    path: "/validate",
  },
  {
    title: "A delete",
    point: "nothing here protects it from deletion, as a policy could",
    file: "delete-main-none-shop-validating.json",
    path: "/validate",
  },
];

function portOf({ name, port }: JsonObject): JsonObject {
  return { name, port };
}

const folder = await mkdtemp(join(tmpdir(), "fairlead-demo-"));
const caFile = join(folder, "ca.crt");
const args = [
  "serve",
  "--port",
  "0",
  "--health-port",
  "0",
  "--ca-file",
  caFile,
  "--drain",
  "0",
  "--ip-family-policy",
  "PreferDualStack",
];
const server = spawn(process.execPath, [join(ROOT, "dist", "cli.js"), ...args], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const port = await readyPort();
  const ca = await readFile(caFile, "utf8");
  for (const scene of SCENES) await play(scene, port, ca);
} finally {
  server.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}

async function readyPort(): Promise<number> {
  for await (const line of createInterface(server.stdout)) {
    const parsed: unknown = JSON.parse(line);
    if (valueAt(parsed, ["msg"]) === "ready") return Number(valueAt(parsed, ["port"]));
  }
  throw new Error("the server ended before it was ready");
}

async function play(scene: Scene, port: number, ca: string): Promise<void> {
  const review: unknown = JSON.parse(await readFile(join(REVIEWS, scene.file), "utf8"));
  const request = valueAt(review, ["request"]);
  const [object, oldObject] = [valueAt(request, ["object"]), valueAt(request, ["oldObject"])];
  if (scene.change !== undefined && isObject(object)) scene.change(object);
  const answer: unknown = JSON.parse(await post(JSON.stringify(review), { port, path: scene.path, ca }));
  const response = valueAt(answer, ["response"]);
  const [operation, namespace, name] = ["operation", "namespace", "name"].map((key) => valueAt(request, [key]));

  console.log(`\n${pc.bold(pc.inverse(` ${scene.title} `))} ${scene.point}`);
  console.log(pc.dim(`POST ${scene.path}: ${String(operation)} of Service ${String(namespace)}/${String(name)}`));
  heading("went in");
  print(isObject(object) && isObject(oldObject) ? changes(oldObject, object) : changes(object ?? oldObject));
  for (const line of responseLines(response)) console.log(line);
  heading("came out");
  print(outcome(response, object));
}

function heading(text: string): void {
  console.log(pc.bold(text));
}

function print(lines: readonly string[]): void {
  console.log(lines.map((line) => `  ${line}`).join("\n"));
}

/** The spec as YAML; as a diff if there is another spec to compare it with. */
function changes(before: unknown, after: unknown = before): string[] {
  return diffLines(yamlOf(before), yamlOf(after)).map(({ mark, text }) => PAINT[mark](`${mark} ${text}`));
}

/** Sorts keys by name, so that two specs can be compared line by line. */
function yamlOf(object: unknown): string[] {
  return stringify({ spec: valueAt(object, ["spec"]) }, { sortMapEntries: true })
    .trimEnd()
    .split("\n");
}

/** The response, as lines of text. */
function responseLines(response: unknown): string[] {
  const causes = valueAt(response, ["status", "details", "causes"]);
  return [
    ...patchIn(response).map(({ op, path, ...rest }) => {
      const value = "value" in rest ? JSON.stringify(rest.value) : "";
      return `${pc.cyan("patch")}    ${op} ${pc.bold(path)} ${value}`;
    }),
    ...list(causes).map((cause) => {
      const [field, message] = ["field", "message"].map((key) => String(valueAt(cause, [key])));
      return `${pc.red("cause")}    ${pc.bold(field ?? "")}: ${message ?? ""}`;
    }),
    ...list(valueAt(response, ["warnings"])).map((warning) => `${pc.yellow("warning")}  ${String(warning)}`),
  ];
}

function outcome(response: unknown, object: unknown): string[] {
  if (valueAt(response, ["allowed"]) !== true) {
    const [reason, code] = [valueAt(response, ["status", "reason"]), valueAt(response, ["status", "code"])];
    return [`${pc.red("denied")}: ${String(reason)}, ${String(code)}; nothing is stored`];
  }
  if (!isObject(object)) return [`${pc.green("allowed")}: the Service goes`];
  const patch = patchIn(response);
  if (patch.length === 0) return [`${pc.green("allowed")}, as it is`];
  const { newDocument } = jsonPatch.applyPatch(structuredClone(object), patch, true);
  return [`${pc.green("allowed")}, with what the patch adds:`, ...changes(object, newDocument)];
}

function patchIn(response: unknown): Operation[] {
  const patch = valueAt(response, ["patch"]);
  const operations: unknown = typeof patch === "string" ? JSON.parse(Buffer.from(patch, "base64").toString()) : [];
  return list(operations).filter(isOperation);
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && "op" in value && "path" in value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function part(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

function post(
  body: string,
  to: { readonly port: number; readonly path: string; readonly ca: string },
): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  return new Promise((resolve, reject) => {
    const client = request({ host: "127.0.0.1", ...to, method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve(text);
      });
    });
    client.on("error", reject).end(body);
  });
}
