import { mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** The files of one version of cgroups. */
interface Controller {
  readonly root: string;
  readonly limit: string;
  /** The file that counts `oom_kill`. */
  readonly kills: string;
  /** The file that makes all processes end when one of them is killed, as a kubelet has it from 1.28 on. */
  readonly group: string | undefined;
}

const V1: Controller = {
  root: "/sys/fs/cgroup/memory",
  limit: "memory.limit_in_bytes",
  kills: "memory.oom_control",
  group: undefined,
};
const V2: Controller = {
  root: "/sys/fs/cgroup",
  limit: "memory.max",
  kills: "memory.events",
  group: "memory.oom.group",
};

/** The memory controller of this machine; undefined if there is none that this process may use. */
function controller(): Controller | undefined {
  if (existsSync(join(V1.root, V1.limit))) return V1;
  const enabled = join(V2.root, "cgroup.subtree_control");
  return existsSync(enabled) && readFileSync(enabled, "utf8").split(/\s+/).includes("memory") ? V2 : undefined;
}

/** Why no memory limit can be set here; undefined if one can. */
export function whyNoLimit(): string | undefined {
  return controller() === undefined ? "this machine has no cgroup with a memory controller to write to" : undefined;
}

/** The cgroup of a container, with its memory limit. */
export class MemoryGroup {
  readonly #folder: string;
  readonly #of: Controller;

  private constructor(folder: string, of: Controller) {
    this.#folder = folder;
    this.#of = of;
  }

  /**
   * @param bytes the limit; undefined where there is none.
   * @param together whether all processes are to end with one, where cgroups can do that.
   */
  static async make(name: string, bytes: number | undefined, together: boolean): Promise<MemoryGroup | undefined> {
    const of = controller();
    if (of === undefined) return undefined;
    const folder = join(of.root, name);
    await mkdir(folder, { recursive: true });
    if (bytes !== undefined) await writeFile(join(folder, of.limit), String(bytes));
    if (together && of.group !== undefined) await writeFile(join(folder, of.group), "1");
    return new MemoryGroup(folder, of);
  }

  /** The file to which a shell writes 0 to be in the group. */
  get door(): string {
    return join(this.#folder, "cgroup.procs");
  }

  /** How many processes the kernel has killed here for want of memory. */
  async kills(): Promise<number> {
    const text = await readFile(join(this.#folder, this.#of.kills), "utf8").catch(() => "");
    return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0);
  }

  /** How many processes are in the group. */
  async processes(): Promise<number> {
    const text = await readFile(this.door, "utf8").catch(() => "");
    return text.split("\n").filter((line) => line !== "").length;
  }

  /** Resolves once the kernel has killed a process more. */
  async killed(): Promise<void> {
    const before = await this.kills();
    while ((await this.kills()) <= before && existsSync(this.#folder)) await pause(5);
  }

  /** Takes it away once its last process is gone. */
  async remove(): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt++) {
      const isGone = await rmdir(this.#folder).then(
        () => true,
        () => !existsSync(this.#folder),
      );
      if (isGone) return;
      await pause(100);
    }
  }
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A quantity of memory, such as `512Mi`, in bytes; undefined if it is none. */
export function bytesOf(quantity: unknown): number | undefined {
  const [, number, unit = ""] = /^([0-9.]+)([A-Za-z]*)$/.exec(String(quantity)) ?? [];
  const factor = UNITS[unit];
  return number === undefined || factor === undefined ? undefined : Math.floor(Number(number) * factor);
}

/** Whether a kubelet of this version, such as `1.28`, has all processes of a container killed together. */
export function killsTogether(version: string): boolean {
  return Number(version.split(".")[1]) >= 28 && controller()?.group !== undefined;
}
