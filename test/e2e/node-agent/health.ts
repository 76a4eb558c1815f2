import { objectOf, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import { probe, type Probed } from "./probes.ts";

/** Who hears of what probes find. */
export interface Hearers {
  /** The state has changed. */
  changed: () => void;
  /** Something has happened that a kubelet would report as an event. */
  tell: (what: string) => void;
  /** The container is to be ended, and started again. */
  kill: () => void;
}

/** The probes of one run of a container. */
export class Health {
  /** Whether it has come through its startup probe, and through its readiness probe. */
  started = false;
  ready = false;
  readonly #probes = new AbortController();

  /** Probes until {@link end}: first the startup, then the others. */
  async watch(probed: Probed, hears: Hearers): Promise<void> {
    const { signal } = this.#probes;
    const { container } = probed;
    const [startup, liveness, readiness] = ["startupProbe", "livenessProbe", "readinessProbe"].map(
      (key) => container[key],
    );
    const killUnless =
      (what: string) =>
      (succeeded: boolean, why: string): void => {
        if (succeeded) return;
        hears.tell(`Unhealthy: ${what} probe failed: ${why}; ${textAt(container, "name") ?? ""} is restarted`);
        hears.kill();
      };
    if (startup !== undefined) await hasStarted(probed, objectOf(startup), killUnless("Startup"), signal);
    if (signal.aborted) return;
    this.started = true;
    this.ready = readiness === undefined;
    hears.changed();
    if (liveness !== undefined) void probe(probed, objectOf(liveness), killUnless("Liveness"), signal);
    if (readiness === undefined) return;
    const tell = (succeeded: boolean, why: string): void => {
      if (!succeeded) hears.tell(`Unhealthy: Readiness probe failed: ${why}`);
      this.ready = succeeded && !signal.aborted;
      hears.changed();
    };
    void probe(probed, objectOf(readiness), tell, signal);
  }

  /** Ends all probes. What they have found last stays. */
  end(): void {
    this.#probes.abort();
  }
}

/** Resolves once the container has started, or is to end. */
function hasStarted(
  probed: Probed,
  settings: JsonObject,
  kill: (succeeded: boolean, why: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const passed = new AbortController();
  const tell = (succeeded: boolean, why: string): void => {
    if (succeeded) passed.abort();
    else kill(succeeded, why);
  };
  return probe(probed, settings, tell, AbortSignal.any([signal, passed.signal]));
}
