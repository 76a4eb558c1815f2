import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textAt } from "#src/cluster/api/kubernetes-api.ts";
import { ROOT } from "#test/paths.ts";
import type { Cluster } from "../cluster.ts";
import { hint } from "../hint.ts";
import { noneFailed, underLoad } from "../load.ts";
import { imageOf } from "../node-agent/image.ts";
import { run } from "../process.ts";
import { must, notRun, type Proof, type Proofs } from "../proof.ts";
import { FAIL, type Release, withRelease } from "../release.ts";

/** The commit or tag to upgrade from. */
const FROM = "FAIRLEAD_E2E_FROM";
/** The tag of the image of the earlier state. */
const EARLIER = "earlier";
const WHAT = "the chart is upgraded from its last released state, and no write is lost";

/** The chart and the server of an earlier state, upgraded to this one. */
export async function upgrade(cluster: Cluster): Promise<readonly Proof[]> {
  const from = await earlier();
  if (from === undefined) return [notRun(WHAT, `there is no history of git here, and ${FROM} names no commit`)];
  return withRelease(cluster, WHAT, (release, proofs) => prove(release, proofs, from));
}

/**
 * The last release, which is a tag. Before the first one: the state before the last change of the chart.
 */
async function earlier(): Promise<string | undefined> {
  const named = process.env[FROM];
  if (named !== undefined) return named;
  const tag = await git(["describe", "--tags", "--abbrev=0", "HEAD^"]);
  if (tag !== undefined) return tag;
  const last = await git(["log", "-1", "--format=%H", "--", "charts/fairlead"]);
  return last === undefined || last === "" ? undefined : git(["rev-parse", `${last}^`]);
}

async function git(args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await run("git", ["-C", ROOT, ...args]).catch(() => ({ code: 1, stdout: "" }));
  return code === 0 ? stdout.trim() : undefined;
}

async function prove(release: Release, proofs: Proofs, from: string): Promise<void> {
  const { agent } = release.whole;
  if (agent === undefined) {
    proofs.all.push(notRun(WHAT, "the nodes would need an image of the earlier state: only a node agent runs one"));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-"));
  try {
    await checkout(from, folder);
    agent.addImage(EARLIER, await imageOf(folder));
    const old = ["--set", `image.tag=${EARLIER}`, ...FAIL];
    await proofs.prove(`the chart and the server of ${from.slice(0, 12)} are installed`, async () => {
      const { code, stderr } = await release.install(old, join(folder, "charts", "fairlead"));
      must(code === 0, `${stderr}\n${await release.explanation()}`);
      const label = await release.labelAsTheNotesSay();
      await release.settled(2);
      return (await hint(release)) + label;
    });
    await proofs.prove(WHAT, async () => {
      const load = await underLoad(release, async () => {
        const { code, stderr } = await release.upgrade(["--reset-values", ...FAIL]);
        must(code === 0, `${stderr}\n${await release.explanation()}`);
        await release.settled(2);
      });
      await hint(release);
      return `${await images(release)}; ${noneFailed(load)}`;
    });
    await proofs.prove("and back again with helm rollback", async () => {
      const load = await underLoad(release, async () => {
        const { code, stderr } = await release.rollback();
        must(code === 0, `${stderr}\n${await release.explanation()}`);
        await release.settled(2);
      });
      return `${await images(release)}; ${noneFailed(load)}`;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files of a commit, built, beside the dependencies of this checkout. */
async function checkout(commit: string, folder: string): Promise<void> {
  const script = 'git -C "$1" archive "$2" | tar -x -C "$3"';
  const unpacked = await run("bash", ["-o", "pipefail", "-c", script, "bash", ROOT, commit, folder]);
  must(unpacked.code === 0, unpacked.stderr);
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const built = await run("sh", ["-c", 'cd "$1" && exec "$2" scripts/build.ts', "sh", folder, process.execPath]);
  must(built.code === 0, built.stderr);
}

async function images(release: Release): Promise<string> {
  const pods = await release.pods();
  return `Pods run ${[...new Set(pods.map((pod) => textAt(pod, "spec", "containers", 0, "image")))].join(", ")}`;
}
