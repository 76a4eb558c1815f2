import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { COMING_FROM } from "#src/policy/files/coming-from.ts";
import { BUILT_IN_SETS } from "#src/policy/files/built-in-sets.ts";
import { killAfterTest } from "./cleanup.ts";
import { buildImage, type Built } from "./docker/build.ts";
import { commandOf, stagesOf, wordsOf } from "./docker/dockerfile.ts";
import { TEST_TIMEOUT } from "./patience.ts";
import { ROOT } from "./paths.ts";

const MINUTES = TEST_TIMEOUT;
const stages = stagesOf(await readFile(join(ROOT, "Dockerfile"), "utf8"));

describe("the Dockerfile", () => {
  it("builds and runs on the Node that everything is tested on, pinned by its digest", async () => {
    const manifest: unknown = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const tag = `node:${String(valueAt(manifest, ["devDependencies", "node"]))}-slim`;
    const [image = "", ...others] = stages.map((stage) => stage.image);
    expect([image.split("@")[0], others]).toEqual([tag, [image]]);
    expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  it("copies nothing that .dockerignore keeps out, which lets in nothing else", async () => {
    const lines = (await readFile(join(ROOT, ".dockerignore"), "utf8")).split("\n");
    const letIn = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    const copied = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name, text }) => name === "COPY" && !text.startsWith("--from="))
      .flatMap((instruction) => wordsOf(instruction).slice(0, -1));
    expect(lines).toContain("*");
    expect(copied.toSorted()).toEqual(letIn.toSorted());
  });
});

describe("the image, made step by step without a container engine", () => {
  let folder: string;
  /** Where the server would keep compiled code. */
  let kept: string;
  let image: Built;
  let server: ChildProcess;
  let ready: unknown;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "fairlead-image-"));
    await chmod(folder, 0o755);
    kept = join(folder, "kept");
    await mkdir(kept);
    await chmod(kept, 0o777);
    image = await buildImage(stages, ROOT, folder);
    await setWritable(image.root, false);
    server = start(image, kept);
    ready = await readyLine(server);
  }, 10 * MINUTES);

  afterAll(async () => {
    if (server.exitCode === null) server.kill("SIGKILL");
    await setWritable(image.root, true);
    await rm(folder, { recursive: true });
  }, MINUTES);

  it("holds the bundle, the built-in policies, the licences and nothing else", async () => {
    expect((await readdir(join(image.root, image.workdir))).toSorted()).toEqual([
      "LICENSE",
      "dist",
      "package.json",
      "policies",
    ]);
    const policies = await readdir(join(image.root, image.workdir, "policies"), { recursive: true });
    expect(policies.filter((name) => extname(name) !== "").toSorted()).toEqual(
      [...BUILT_IN_SETS, ...COMING_FROM].map((name) => `${name}.yaml`).toSorted(),
    );
    const files = await readdir(join(image.root, image.workdir, "dist"), { recursive: true });
    expect(files).toEqual(expect.arrayContaining(["cli.js", "THIRD-PARTY-NOTICES.txt"]));
    expect(files).toContainEqual(
      expect.stringMatching(`^compiled/[0-9a-f]+-${process.version}-${process.arch}-serve\\.bin$`),
    );
    expect(files.filter((file) => /node_modules|\.d\.ts$|^index\.js$/.test(file))).toEqual([]);
  });

  it("starts with the compiled code in it, and compiles nothing by itself", async () => {
    expect((await readdir(kept)).filter((name) => name.endsWith(".bin"))).toEqual([]);
  });

  it("runs as somebody who is not root", () => {
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it("answers a review, from a folder that it cannot write to", async () => {
    const answer: unknown = JSON.parse(await post(Number(valueAt(ready, ["port"])), "/validate", REVIEW));
    expect(valueAt(answer, ["response"])).toMatchObject({ uid: "1", allowed: true });
  });

  it("says that it is alive and ready", async () => {
    const health = `http://127.0.0.1:${String(valueAt(ready, ["healthPort"]))}`;
    const statuses = await Promise.all(
      ["/healthz", "/readyz"].map(async (path) => (await fetch(health + path)).status),
    );
    expect(statuses).toEqual([200, 200]);
  });

  it(
    "ends in order when it is told to",
    async () => {
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    },
    MINUTES,
  );
});

const REVIEW = {
  apiVersion: "admission.k8s.io/v1",
  kind: "AdmissionReview",
  request: {
    uid: "1",
    kind: { group: "", version: "v1", kind: "Service" },
    resource: { group: "", version: "v1", resource: "services" },
    namespace: "apps",
    operation: "DELETE",
    userInfo: { username: "somebody" },
    object: null,
    oldObject: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "apps" },
      spec: { ports: [{ port: 80 }] },
    },
  },
};

function start(image: Built, kept: string): ChildProcess {
  if (image.entrypoint === undefined) throw new Error("the Dockerfile has no ENTRYPOINT");
  const [, ...args] = commandOf(image.entrypoint);
  const [uid, gid] = image.user.split(":").map(Number);
  // Only root can become somebody else; whoever else runs this is not root already.
  const identity = process.getuid?.() === 0 ? { uid, gid } : {};
  return killAfterTest(
    spawn(process.execPath, [...args, "--port", "0", "--health-port", "0", "--policy", "baseline"], {
      cwd: join(image.root, image.workdir),
      env: { ...image.environment, NODE_COMPILE_CACHE: kept },
      stdio: ["ignore", "pipe", "pipe"],
      ...identity,
    }),
  );
}

async function readyLine(server: ChildProcess): Promise<unknown> {
  if (server.stdout === null || server.stderr === null) throw new Error("the server's output is not read");
  let said = "";
  server.stderr.on("data", (chunk) => (said += String(chunk)));
  for await (const line of createInterface(server.stdout)) {
    said += `${line}\n`;
    if (line.includes('"msg":"ready"')) return JSON.parse(line);
  }
  throw new Error(`the server ended before it was ready: ${said}`);
}

async function post(port: number, path: string, body: unknown): Promise<string> {
  const headers = { "content-type": "application/json" };
  // The certificate is made on the spot: who signed it is no matter here.
  const asked = request({ host: "127.0.0.1", port, path, method: "POST", headers, rejectUnauthorized: false });
  asked.end(JSON.stringify(body));
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once("response", resolve).once("error", reject);
  });
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  return text;
}

async function setWritable(root: string, writable: boolean): Promise<void> {
  const paths = await readdir(root, { recursive: true });
  for (const path of ["", ...paths]) await chmod(join(root, path), writable ? 0o755 : 0o555);
}
