import { existsSync, readFileSync } from "node:fs";
import { get } from "node:https";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { kubectlOf } from "../../kubectl.ts";
import type { CertificateFiles } from "../../certificate-files.ts";
import type { Cores } from "../../cores.ts";
import { type Contender, end, spawnNode } from "../contender.ts";
import type { Prepared } from "../prepared.ts";
import { installPepr } from "./install.ts";
import { STORES } from "./module.ts";
import { PEPR } from "./pinned.ts";

const NAMESPACE = "pepr-system";
/** The part of the URL by which Pepr knows the API server. */
const TOKEN = "bench-token";
/** Pepr waits up to three seconds before it asks for its store. */
const PATIENCE = 60_000;

/** The type of Pepr's store, which Pepr's own controller creates before it starts a module. */
const STORE_TYPE = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "peprstores.pepr.dev" },
  spec: {
    group: "pepr.dev",
    scope: "Namespaced",
    names: { plural: "peprstores", singular: "peprstore", kind: "PeprStore" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { data: { type: "object", additionalProperties: { type: "string" } } },
          },
        },
      },
    ],
  },
} as const;

export const PEPR_NAME = `Pepr ${PEPR.version}, one capability`;

/**
 * Pepr's controller in the cluster of `KUBECONFIG`, as its Deployment runs it: the program that `pepr build` has made.
 * @throws Error with the reason why it cannot be run: no cluster, no registry, or a Pepr that somebody uses
 */
export async function preparePepr(files: CertificateFiles, { server: core }: Cores): Promise<Prepared> {
  const kubectl = await kubectlOf();
  if (await kubectl.has("namespace", NAMESPACE)) throw new Error("the cluster has a Pepr of its own");
  const { folder, program } = await installPepr();
  const hadType = await kubectl.has("customresourcedefinition", STORE_TYPE.metadata.name);
  const close = async (): Promise<void> => {
    for (const store of STORES) await kubectl.remove("peprstore", store, NAMESPACE);
    await kubectl.removeNamespace(NAMESPACE);
    if (!hadType) await kubectl.remove("customresourcedefinition", STORE_TYPE.metadata.name);
  };
  try {
    await kubectl.apply(STORE_TYPE, { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    await kubectl.established(STORE_TYPE.metadata.name);
  } catch (error) {
    await close();
    throw error;
  }
  const start = (): Promise<Contender> => startPepr(program, folder, files, core);
  return { server: { name: PEPR_NAME, start, suffix: `/${TOKEN}`, hasAims: false }, close };
}

async function startPepr(
  program: string,
  cwd: string,
  files: CertificateFiles,
  core: number | undefined,
): Promise<Contender> {
  const port = await freePort();
  const env = {
    PEPR_WATCH_MODE: "false",
    PEPR_PRETTY_LOG: "false",
    PEPR_API_PATH: TOKEN,
    LOG_LEVEL: "info",
    SSL_KEY_PATH: files.key,
    SSL_CERT_PATH: files.certificate,
    BENCH_PORT: String(port),
  };
  const begun = performance.now();
  const child = spawnNode([program], { core, env, cwd });
  child.stdout.resume();
  const contender = { process: child, port, ready: Number.NaN };
  // It has no endpoints until it has read its store; its readiness probe asks for this one.
  while (!(await isHealthy(port, files.ca))) {
    if (child.exitCode !== null) throw new Error(`Pepr ended with exit code ${child.exitCode}`);
    if (performance.now() - begun > PATIENCE) {
      await end(contender);
      throw new Error(`Pepr was not ready after ${PATIENCE / 1000} s`);
    }
    await pause(10);
  }
  return { ...contender, ready: performance.now() - begun };
}

function isHealthy(port: number, caFile: string): Promise<boolean> {
  const ca = existsSync(caFile) ? readFileSync(caFile, "utf8") : "";
  const options = { host: "127.0.0.1", port, path: "/healthz", servername: "localhost", ca, agent: false } as const;
  return new Promise((resolve) => {
    get(options, (response) => {
      response.resume().once("end", () => {
        resolve(response.statusCode === 200);
      });
    }).once("error", () => {
      resolve(false);
    });
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" ? (address?.port ?? 0) : 0);
      });
    });
  });
}
