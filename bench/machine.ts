import { cpus, loadavg, totalmem } from "node:os";
import { cores } from "./cores.ts";

/** Where and when figures were measured. */
export interface Conditions {
  /** ISO 8601, the day only. */
  readonly date: string;
  readonly command: string;
  readonly quick: boolean;
  readonly cpu: string;
  readonly cores: number;
  readonly gibibytes: number;
  readonly node: string;
  readonly system: string;
  /** The average number of programs that wanted to run in the last minute, before the run. */
  readonly load: number;
  /** Why servers and load were not bound to a core each; absent if they were. */
  readonly unbound?: string;
}

/** @param args the arguments of `npm run bench` */
export function conditionsOf(args: readonly string[], quick: boolean): Conditions {
  const [load = 0] = loadavg();
  const { why } = cores();
  return {
    date: new Date().toISOString().slice(0, 10),
    command: ["npm run bench --", ...args].join(" "),
    quick,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    gibibytes: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    load: Math.round(load * 10) / 10,
    ...(why === undefined ? {} : { unbound: why }),
  };
}
