import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorText, isMissing, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { ContainerRun, type Home } from "./container.ts";
import { environmentOf, type Surroundings } from "./environment.ts";
import type { Image } from "./image.ts";
import { API_PORT, GATEWAY, type Network, type Place } from "./network.ts";
import { meta, now, numberAt } from "./objects.ts";
import { conditions, containerStatus, type Known, phaseOf } from "./status.ts";
import { Volumes } from "./volumes.ts";

/** What all Pods of a node agent share. */
export interface Machine {
  readonly cluster: Cluster;
  readonly network: Network;
  /** A folder for all files. */
  readonly folder: string;
  /** The images that can be "pulled", by name. */
  readonly images: ReadonlyMap<string, Image>;
}

/** Milliseconds between two looks at what volumes show. */
const REFRESH = 5_000;
/** Seconds until a container that ended is started again: at once, then 10, doubled each time up to this. */
const LONGEST_BACK_OFF = 300;

/** One Pod on a node: its containers from their start to their end, and its status, as a kubelet has it. */
export class PodWorker {
  readonly #machine: Machine;
  readonly #containers: Known[];
  readonly #ending = new AbortController();
  readonly #startTime = now();
  #pod: JsonObject;
  #place: Place | undefined;
  #volumes: Volumes | undefined;
  #log = "";
  #readySince: { readonly is: boolean; readonly at: string } = { is: false, at: now() };
  #reporting: Promise<void> = Promise.resolve();
  #isReportDue = false;
  #done: Promise<void> | undefined;
  readonly #begun: Promise<void>;

  constructor(machine: Machine, pod: JsonObject) {
    this.#machine = machine;
    this.#pod = pod;
    this.#containers = objectsAt(pod, "spec", "containers").map((spec) => ({
      spec,
      id: `${meta(pod, "uid")}-${textAt(spec, "name") ?? ""}`,
      waiting: { reason: "ContainerCreating" },
      run: undefined,
      last: undefined,
      restarts: 0,
    }));
    this.#begun = this.#begin();
  }

  get name(): string {
    return meta(this.#pod, "name");
  }

  get address(): string | undefined {
    return this.#place?.address;
  }

  /** What its containers have printed, and what has happened to them. */
  get log(): string {
    return this.#log;
  }

  get runs(): readonly ContainerRun[] {
    return this.#containers.flatMap(({ run }) => (run === undefined ? [] : [run]));
  }

  /** Takes over what the API server has now; a Pod that is to be deleted is brought to its end. */
  update(pod: JsonObject): void {
    this.#pod = pod;
    if (meta(pod, "deletionTimestamp") === "") return;
    void this.end(numberAt(pod, 30, "metadata", "deletionGracePeriodSeconds"));
  }

  /** Ends all containers within the seconds, reports their ends, and lets the API server forget the Pod. */
  end(seconds: number): Promise<void> {
    this.#done ??= this.#end(seconds);
    return this.#done;
  }

  async #end(seconds: number): Promise<void> {
    this.#ending.abort();
    await this.#begun;
    await Promise.all(this.runs.map((run) => run.stop(seconds)));
    // The ends are to be seen before the Pod is gone.
    await pause(50);
    await this.#report();
    const { cluster, network } = this.#machine;
    await cluster.core
      .deleteNamespacedPod({
        name: this.name,
        namespace: meta(this.#pod, "namespace"),
        body: { gracePeriodSeconds: 0, preconditions: { uid: meta(this.#pod, "uid") } },
      })
      .catch(() => undefined);
    if (this.#place !== undefined) await network.remove(this.#place);
    await this.#volumes?.remove();
  }

  #isEnding(): boolean {
    return this.#ending.signal.aborted;
  }

  async #begin(): Promise<void> {
    try {
      this.#place = await this.#machine.network.add();
      const around = this.#around(this.#place);
      const volumes = new Volumes(
        this.#machine.cluster,
        this.#pod,
        join(this.#machine.folder, meta(this.#pod, "uid")),
        around,
      );
      this.#volumes = volumes;
      await this.#report();
      // What is missing may come yet: a kubelet tries again, too.
      while (!this.#isEnding()) {
        const why = await volumes.write().then(() => undefined, errorText);
        if (why === undefined) break;
        this.#tell(`FailedMount: ${why}`);
        await pause(1_000);
      }
      for (const known of this.#containers) void this.#keep(known, around, volumes);
      void this.#refresh(volumes);
    } catch (error) {
      this.#tell(`FailedCreatePodSandBox: ${errorText(error)}`);
    }
  }

  #around({ address }: Place): Surroundings {
    return { podIP: address, hostIP: GATEWAY, apiHost: GATEWAY, apiPort: API_PORT };
  }

  /** Starts a container, and again when it has ended, as the Pod's restartPolicy says. */
  async #keep(known: Known, around: Surroundings, volumes: Volumes): Promise<void> {
    const policy = textAt(this.#pod, "spec", "restartPolicy") ?? "Always";
    while (!this.#isEnding()) {
      const run = await this.#start(known, around, volumes);
      if (run !== undefined) {
        const ended = await run.ended;
        known.run = undefined;
        known.last = ended;
        this.#tell(`${textAt(known.spec, "name") ?? ""} ended: ${ended.reason}, ${ended.exitCode}`);
        if (policy === "Never" || (policy === "OnFailure" && ended.exitCode === 0) || this.#isEnding()) {
          known.waiting = undefined;
          void this.#report();
          return;
        }
      }
      await this.#backOff(known, run !== undefined);
    }
  }

  async #backOff(known: Known, hasRun: boolean): Promise<void> {
    const seconds = hasRun && known.restarts === 0 ? 0 : Math.min(LONGEST_BACK_OFF, 10 * 2 ** (known.restarts - 1));
    if (hasRun && seconds > 0) known.waiting = { reason: "CrashLoopBackOff", message: `back-off ${seconds}s` };
    void this.#report();
    await pause(hasRun ? seconds * 1000 : 1_000, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    if (hasRun) known.restarts++;
  }

  async #start(known: Known, around: Surroundings, volumes: Volumes): Promise<ContainerRun | undefined> {
    const { spec, id } = known;
    const name = textAt(spec, "image") ?? "";
    const image = this.#machine.images.get(name);
    if (image === undefined) {
      known.waiting = { reason: "ErrImagePull", message: `this node has no image ${name}` };
      return undefined;
    }
    try {
      const { cluster, folder } = this.#machine;
      const environment = await environmentOf(cluster, this.#pod, spec, around);
      const mounts = await volumes.mountsOf(spec);
      const home: Home = {
        ...{ pod: this.#pod, version: cluster.version, image, environment, mounts },
        ...{ id: `fairlead-e2e-${id}`, folder: join(folder, id), address: around.podIP },
        network: this.#place?.file ?? "",
      };
      if (this.#isEnding()) return undefined;
      known.waiting = undefined;
      known.run = await ContainerRun.start(home, spec, {
        changed: () => void this.#report(),
        log: (text) => (this.#log += text),
        tell: (what) => {
          this.#tell(what);
        },
      });
      void this.#report();
      if (this.#isEnding()) void known.run.stop(0);
      return known.run;
    } catch (error) {
      known.waiting = { reason: "CreateContainerConfigError", message: errorText(error) };
      this.#tell(errorText(error));
      return undefined;
    }
  }

  async #refresh(volumes: Volumes): Promise<void> {
    const { signal } = this.#ending;
    while (!this.#isEnding()) {
      await pause(REFRESH, undefined, { signal, ref: false }).catch(() => undefined);
      // The API server may be away for a while: what is there stays.
      if (!this.#isEnding()) await volumes.write().catch(() => undefined);
    }
  }

  #tell(what: string): void {
    this.#log += `[${now()}] ${what}\n`;
  }

  /** Reports the status: one call at a time, and what changes meanwhile with the next one. */
  #report(): Promise<void> {
    if (this.#isReportDue) return this.#reporting;
    this.#isReportDue = true;
    this.#reporting = this.#reporting.then(async () => {
      this.#isReportDue = false;
      for (let attempt = 0; attempt < 5; attempt++) {
        const isOver = await this.#write().then(
          () => true,
          (error: unknown) => isMissing(error),
        );
        if (isOver) return;
        await pause(200);
      }
    });
    return this.#reporting;
  }

  async #write(): Promise<void> {
    const { images, cluster } = this.#machine;
    const containerStatuses = this.#containers.map((known) => containerStatus(known, images));
    const isReady = containerStatuses.every(({ ready }) => ready);
    if (isReady !== this.#readySince.is) this.#readySince = { is: isReady, at: now() };
    const policy = textAt(this.#pod, "spec", "restartPolicy") ?? "Always";
    const status = {
      phase: phaseOf(this.#containers, policy),
      hostIP: GATEWAY,
      startTime: this.#startTime,
      ...(this.#place === undefined ? {} : { podIP: this.#place.address, podIPs: [{ ip: this.#place.address }] }),
      conditions: conditions(this.#startTime, this.#readySince, this.#pod),
      containerStatuses,
    };
    const path = `/api/v1/namespaces/${meta(this.#pod, "namespace")}/pods/${this.name}/status`;
    await cluster.api.patch(path, "merge", { metadata: { uid: meta(this.#pod, "uid") }, status });
  }
}
