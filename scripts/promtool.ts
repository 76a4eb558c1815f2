import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const CACHED = join(import.meta.dirname, "..", ".cache", "tools", "promtool");
const run = promisify(execFile);

/**
 * The path of Prometheus' promtool: the one that `PROMTOOL` names, one that is installed, or the one of Debian's package
 * `prometheus`, which is unpacked into the cache and not installed.
 * @throws Error with the ways to get one, if there is none
 */
export async function promtool(): Promise<string> {
  for (const path of [process.env["PROMTOOL"], "promtool", CACHED]) {
    if (path !== undefined && path !== "" && (await isThere(path))) return path;
  }
  try {
    await fetchPackage();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `no promtool, and Debian's package "prometheus" cannot be fetched: install it, or set PROMTOOL to the path of one\n${reason}`,
      { cause: error },
    );
  }
  return CACHED;
}

async function fetchPackage(): Promise<void> {
  const folder = join(CACHED, "..");
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, "fetch-"));
  try {
    await downloadInto(scratch);
    await run("sh", ["-c", 'dpkg-deb -x prometheus_*.deb . && test -x "usr/bin/promtool"'], { cwd: scratch });
    // Atomic: no process sees a partial file.
    await rename(join(scratch, "usr", "bin", "promtool"), CACHED);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The package lists may be missing or old; then they are read into a folder of their own, for which nobody needs to be root. */
async function downloadInto(folder: string): Promise<void> {
  const download = ["download", "prometheus"];
  try {
    await run("apt-get", download, { cwd: folder });
  } catch {
    const own = ["lists/partial", "cache/archives/partial"];
    for (const path of own) await mkdir(join(folder, path), { recursive: true });
    const options = [`Dir::State::Lists=${folder}/lists`, `Dir::Cache=${folder}/cache`, "APT::Sandbox::User="];
    const flags = ["-qq", ...options.flatMap((option) => ["-o", option])];
    await run("apt-get", [...flags, "update"], { cwd: folder });
    await run("apt-get", [...flags, ...download], { cwd: folder });
  }
}

/** Whether it can be run. */
async function isThere(path: string): Promise<boolean> {
  if (path.includes("/"))
    return access(path).then(
      () => true,
      () => false,
    );
  return run(path, ["--version"]).then(
    () => true,
    () => false,
  );
}

if (import.meta.main) console.log(await promtool());
