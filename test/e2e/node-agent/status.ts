import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { ContainerRun, Ended } from "./container.ts";
import type { Image } from "./image.ts";

/** What is known of a container. */
export interface Known {
  readonly spec: JsonObject;
  readonly id: string;
  /** Why it does not run, if it neither runs nor has ended. */
  waiting: { readonly reason: string; readonly message?: string } | undefined;
  run: ContainerRun | undefined;
  /** Its last end. */
  last: Ended | undefined;
  restarts: number;
}

/** The status of a container, as a kubelet reports it. */
export function containerStatus(known: Known, images: ReadonlyMap<string, Image>) {
  const { spec, id, waiting, run, last, restarts } = known;
  const image = textAt(spec, "image") ?? "";
  const idOf = (number: number): string => `process://${id}/${number}`;
  const isLast = run === undefined && waiting === undefined;
  const containerID = idOf(restarts);
  const ended = { ...last, containerID: idOf(isLast ? restarts : restarts - 1) };
  const terminated = last === undefined ? undefined : { terminated: ended };
  const state =
    run !== undefined ? { running: { startedAt: run.startedAt } } : waiting !== undefined ? { waiting } : terminated;
  return {
    name: textAt(spec, "name") ?? "",
    image,
    imageID: images.get(image)?.id ?? "",
    ...(run === undefined && last === undefined ? {} : { containerID }),
    ready: run?.health.ready ?? false,
    started: run?.health.started ?? false,
    restartCount: restarts,
    state: state ?? { waiting: { reason: "ContainerCreating" } },
    // A state that has ended for good is not the last one, too.
    lastState: state === terminated ? {} : (terminated ?? {}),
  };
}

/** The phase that follows from the containers. */
export function phaseOf(containers: readonly Known[], restartPolicy: string): string {
  const isOver = containers.every(({ run, waiting, last }) => !run && !waiting && last !== undefined);
  if (isOver && restartPolicy !== "Always")
    return containers.every(({ last }) => last?.exitCode === 0) ? "Succeeded" : "Failed";
  const hasBegun = containers.every(({ run, last }) => run !== undefined || last !== undefined);
  return hasBegun ? "Running" : "Pending";
}

/** The conditions of a Pod; that of the scheduler is kept. */
export function conditions(
  startTime: string,
  ready: { readonly is: boolean; readonly at: string },
  pod: JsonObject,
): readonly JsonObject[] {
  const scheduled = objectsAt(pod, "status", "conditions").filter(({ type }) => type === "PodScheduled");
  const becauseOf = ready.is ? {} : { reason: "ContainersNotReady" };
  const of = (type: string): JsonObject => ({
    type,
    status: ready.is ? "True" : "False",
    lastTransitionTime: ready.at,
    ...becauseOf,
  });
  return [
    { type: "Initialized", status: "True", lastTransitionTime: startTime },
    of("Ready"),
    of("ContainersReady"),
    ...scheduled,
  ];
}
