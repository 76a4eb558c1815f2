import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { objectOf, textsAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { eventually, type Outcome } from "../process.ts";
import { expanded } from "./environment.ts";
import type { Image } from "./image.ts";
import { execScript, type Launch, type Mount, startScript } from "./launch.ts";
import { bytesOf, killsTogether, MemoryGroup } from "./memory.ts";
import { now, numberAt, quoted } from "./objects.ts";
import { Health } from "./health.ts";
import { get } from "./probes.ts";

/** Where a container lives. */
export interface Home {
  readonly pod: JsonObject;
  readonly image: Image;
  /** The version of the cluster, such as `1.28`. */
  readonly version: string;
  /** A folder of its own. */
  readonly folder: string;
  /** A name that no other container of this machine has. */
  readonly id: string;
  /** The file of the Pod's network namespace, and its address. */
  readonly network: string;
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
}

/** The end of a container's process. */
export interface Ended {
  readonly exitCode: number;
  readonly reason: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The exit code of what SIGKILL has ended. */
const KILLED = 137;
/** How many runs there have been. */
let runs = 0;

/** One run of a container: a process in namespaces of its own, from its start to its end. */
export class ContainerRun {
  readonly spec: JsonObject;
  readonly startedAt = now();
  /** What its probes have found. */
  readonly health = new Health();
  /** The end, when it has come. */
  readonly ended: Promise<Ended>;
  readonly #home: Home;
  readonly #memory: MemoryGroup | undefined;
  readonly #child: ChildProcess;
  readonly #log: (text: string) => void;
  /** What happened to it, as a kubelet's events tell. */
  readonly #tell: (what: string) => void;

  private constructor(home: Home, spec: JsonObject, memory: MemoryGroup | undefined, hears: Listeners) {
    this.spec = spec;
    this.#home = home;
    this.#memory = memory;
    this.#log = hears.log;
    this.#tell = hears.tell;
    const script = startScript(this.#launch(this.#command()));
    const spaces = ["--mount", "--propagation", "private", "--pid", "--uts", "--ipc"];
    // The child of the outer shell is the first process of the new namespace. `unshare --fork` would hide a SIGKILL.
    const words = [`--net=${home.network}`, "unshare", ...spaces, "sh", "-c", 'sh -c "$0"; exit $?', script];
    this.#child = spawn("nsenter", words, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env["PATH"] } });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log(text);
      });
    // Ends the process if the run is aborted.
    const orphaned = (): void => void this.#child.kill("SIGKILL");
    process.once("exit", orphaned);
    this.ended = this.#end().finally(() => process.removeListener("exit", orphaned));
    void this.health.watch(this.#probed(), {
      ...hears,
      kill: () => void this.stop(numberAt(home.pod, 30, "spec", "terminationGracePeriodSeconds")),
    });
  }

  static async start(home: Home, spec: JsonObject, hears: Listeners): Promise<ContainerRun> {
    await mkdir(home.folder, { recursive: true });
    await rm(join(home.folder, "pid"), { force: true });
    const limit = bytesOf(valueAt(spec, ["resources", "limits", "memory"]));
    const memory = await MemoryGroup.make(`${home.id}-${runs++}`, limit, killsTogether(home.version));
    return new ContainerRun(home, spec, memory, hears);
  }

  /** Runs a command in the container, with the rights of its process. */
  async exec(command: readonly string[], signal?: AbortSignal): Promise<Outcome> {
    const script = execScript(this.#launch(command), await this.#process());
    const child = spawn("sh", ["-c", script], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"] },
      ...(signal === undefined ? {} : { signal, killSignal: "SIGKILL" }),
    });
    const chunks = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (chunks.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (chunks.stderr += text));
    await once(child, "close");
    return { code: child.exitCode, ...chunks };
  }

  /** Runs `preStop`, sends SIGTERM and, once the seconds have passed, SIGKILL. */
  async stop(seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    const isOver = this.ended.then(() => true);
    const preStop = valueAt(this.spec, ["lifecycle", "preStop"]);
    if (preStop !== undefined) {
      const hook = this.#hook(objectOf(preStop)).catch((error: unknown) => {
        this.#tell(`FailedPreStopHook: ${String(error)}`);
      });
      await Promise.race([hook, isOver, pause(seconds * 1000)]);
    }
    this.health.end();
    await this.#signal("SIGTERM");
    // A kubelet, too, leaves a process two seconds after a long hook.
    const left = Math.max(seconds === 0 ? 0 : 2_000, until - Date.now());
    const isInTime = await Promise.race([isOver, pause(left, false)]);
    if (!isInTime) await this.#signal("SIGKILL");
    await this.ended;
  }

  /**
   * Uses up the memory that its limit leaves, until the kernel kills a process.
   * @param victim the container's first process, or the one that the kernel chooses by itself.
   */
  async squeeze(victim: "first process" | "any"): Promise<void> {
    if (victim === "first process") await writeFile(`/proc/${await this.#process()}/oom_score_adj`, "1000");
    const hog = "const all = []; for (;;) all.push(Buffer.alloc(4 << 20, 1));";
    const script = [
      ...(this.#memory === undefined ? [] : [`echo 0 >${quoted(this.#memory.door)}`]),
      'exec "$0" -e "$1"',
    ];
    const child = spawn("sh", ["-c", script.join("\n"), process.execPath, hog], { stdio: "ignore" });
    const gone = once(child, "close");
    await Promise.race([this.ended, gone, this.#memory?.killed() ?? gone]);
    child.kill("SIGKILL");
    await gone;
  }

  /** How many processes run in it. */
  async processes(): Promise<number> {
    return (await this.#memory?.processes()) ?? 0;
  }

  /** How many of its processes the kernel has killed for want of memory. */
  async kills(): Promise<number> {
    return (await this.#memory?.kills()) ?? 0;
  }

  #command(): readonly string[] {
    const own = textsAt(this.spec, "command");
    const args = textsAt(this.spec, "args");
    const words = own.length > 0 ? [...own, ...args] : [...this.#home.image.entrypoint, ...args];
    return words.map((word) => expanded(word, this.#home.environment));
  }

  #launch(command: readonly string[]): Launch {
    const { pod, image, folder, environment, mounts } = this.#home;
    return { pod, image, folder, environment, mounts, command, container: this.spec, door: this.#memory?.door };
  }

  /** The id of the container's first process. */
  #process(): Promise<number> {
    return eventually("the container has a process", async () => {
      const text = await readFile(join(this.#home.folder, "pid"), "utf8").catch(() => "");
      return text.endsWith("\n") ? Number(text) : undefined;
    });
  }

  async #signal(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      process.kill(await this.#process(), signal);
    } catch {
      // It has just ended.
    }
  }

  async #end(): Promise<Ended> {
    await once(this.#child, "close");
    this.health.end();
    this.health.ready = false;
    const hasKills = ((await this.#memory?.kills()) ?? 0) > 0;
    // Its folder is this run's alone: nobody has to wait until the kernel lets go of it.
    void this.#memory?.remove();
    // A shell, too, tells a signal this way.
    const { exitCode: code, signalCode } = this.#child;
    const exitCode = signalCode === null ? (code ?? 1) : 128 + constants.signals[signalCode];
    const isOutOfMemory = hasKills && exitCode === KILLED;
    const reason = isOutOfMemory ? "OOMKilled" : exitCode === 0 ? "Completed" : "Error";
    return { exitCode, reason, startedAt: this.startedAt, finishedAt: now() };
  }

  async #hook(action: JsonObject): Promise<void> {
    const seconds = numberAt(action, -1, "sleep", "seconds");
    if (seconds >= 0) return pause(seconds * 1000);
    if (action.exec !== undefined) {
      const { code, stderr } = await this.exec(textsAt(action, "exec", "command"));
      if (code !== 0) throw new Error(`the command ended with ${String(code)}: ${stderr}`);
    }
    if (action.httpGet !== undefined) {
      const why = await get(this.#probed(), objectOf(action.httpGet), AbortSignal.timeout(60_000));
      if (why !== undefined) throw new Error(why);
    }
  }

  #probed() {
    return {
      address: this.#home.address,
      container: this.spec,
      exec: (command: readonly string[], signal: AbortSignal) => this.exec(command, signal),
    };
  }
}

/** Who hears of a container. */
export interface Listeners {
  /** Its state has changed. */
  changed: () => void;
  /** It has printed something. */
  log: (text: string) => void;
  /** Something has happened that a kubelet would report as an event. */
  tell: (what: string) => void;
}
