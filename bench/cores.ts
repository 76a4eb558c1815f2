import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** The processor cores that programs are bound to, so that no two of them share one; undefined: they are not bound. */
export interface Cores {
  readonly server: number | undefined;
  readonly load: number | undefined;
  /** Why nothing is bound. */
  readonly why?: string;
}

/** Core 0 for the measured server and all its threads, core 1 for what loads it, where the system can bind them. */
export function cores(): Cores {
  const unbound = (why: string): Cores => ({ server: undefined, load: undefined, why });
  if (availableParallelism() < 2) return unbound("there is one core");
  try {
    for (const core of ["0", "1"]) execFileSync("taskset", ["--cpu-list", core, "true"], { stdio: "ignore" });
    return { server: 0, load: 1 };
  } catch {
    return unbound("taskset is not available");
  }
}

/** The command that runs a program on this core. It replaces itself by the program, so the process is the program's. */
export function onCore(core: number | undefined, command: readonly string[]): readonly [string, ...string[]] {
  const [program = "", ...args] = command;
  return core === undefined ? [program, ...args] : ["taskset", "--cpu-list", String(core), program, ...args];
}

/** Binds this process, too: it reads what the servers log, which must not take time from them. */
export function moveTo(core: number | undefined): void {
  if (core === undefined) return;
  execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", String(core), String(process.pid)], {
    stdio: "ignore",
  });
}
