/** `npm run demo`: real reviews, over verified TLS, to a server of its own: what went in, and what came out. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pc from "picocolors";
import { stringify } from "yaml";
import { isObject, type JsonObject, valueAt } from "../src/field/json.ts";

const ROOT = join(import.meta.dirname, "..");
const REVIEWS = join(ROOT, "test", "reviews");

/** One exchange of the demo. */
interface Scene {
  readonly title: string;
  readonly file: string;
  readonly path: "/mutate" | "/validate";
  readonly change?: (object: JsonObject) => void;
}

const SCENES: readonly Scene[] = [
  {
    title: "A new Service that leaves things open: they are filled in",
    file: "create-main-kubectl-expose-shop2-mutating.json",
    path: "/mutate",
    change: (object) => {
      const spec = part(object, "spec");
      Reflect.deleteProperty(spec, "type");
      Reflect.deleteProperty(spec, "sessionAffinity");
    },
  },
  {
    title: "A Service that asks for both families where it can have them",
    file: "create-main-kubectl-create-np-mutating.json",
    path: "/mutate",
  },
  {
    title: "A Service with several mistakes: each is named, with its fix",
    file: "create-main-kubectl-client-side-apply-shop-validating.json",
    path: "/validate",
    change: (object) => {
      Object.assign(part(object, "spec"), { sessionAffinity: "Clientip", loadBalancerSourceRanges: ["203.0.113.7"] });
      const ports = part(object, "spec")["ports"];
      if (Array.isArray(ports) && isObject(ports[0])) Object.assign(ports[0], { port: 70000, targetPort: "HTTP" });
    },
  },
  {
    title: "An update: what is stored stays",
    file: "update-main-kubectl-patch-shop-validating.json",
    path: "/validate",
  },
  { title: "A delete", file: "delete-main-none-shop-validating.json", path: "/validate" },
];

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

async function play({ title, file, path, change }: Scene, port: number, ca: string): Promise<void> {
  const review: unknown = JSON.parse(await readFile(join(REVIEWS, file), "utf8"));
  const object = valueAt(review, ["request", "object"]);
  if (change !== undefined && isObject(object)) change(object);
  const answer: unknown = JSON.parse(await post(JSON.stringify(review), { port, path, ca }));
  const request = valueAt(review, ["request"]);
  const [operation, name] = [valueAt(request, ["operation"]), valueAt(request, ["name"])];

  console.log(`\n${pc.bold(title)}`);
  console.log(pc.dim(`POST ${path}: ${String(operation)} of Service ${String(name)}`));
  const spec = valueAt(request, [isObject(object) ? "object" : "oldObject", "spec"]);
  console.log(indented(stringify(spec)));
  for (const line of outcome(valueAt(answer, ["response"]))) console.log(line);
}

/** What came back, a line each. */
function outcome(response: unknown): string[] {
  const allowed = valueAt(response, ["allowed"]) === true;
  const patch = valueAt(response, ["patch"]);
  const operations: unknown = typeof patch === "string" ? JSON.parse(Buffer.from(patch, "base64").toString()) : [];
  const causes = valueAt(response, ["status", "details", "causes"]);
  const warnings = valueAt(response, ["warnings"]);
  return [
    allowed ? pc.green("allowed") : pc.red("denied"),
    ...list(operations).map((operation) => pc.cyan(`  patch    ${JSON.stringify(operation)}`)),
    ...list(causes).map((cause) => {
      const [field, reason, message] = ["field", "reason", "message"].map((key) => String(valueAt(cause, [key])));
      return `  ${pc.red("cause")}    ${pc.bold(field ?? "")} ${pc.dim(reason ?? "")}\n           ${message ?? ""}`;
    }),
    ...list(warnings).map((warning) => pc.yellow(`  warning  ${String(warning)}`)),
  ];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function part(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, "  ");
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
