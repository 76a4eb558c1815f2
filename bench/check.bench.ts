/** `fairlead check` as a whole process, compared with only parsing by the same YAML library, in alternating rounds. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeEstate } from "./check/estate.ts";
import { measure, type Measured, measureAlternately } from "./check/measure.ts";
import type { Row } from "./table.ts";

export const name = "check";

const ROUNDS = 5;
const SMALL_ROUNDS = 25;
const SERVICES = 10_000;
/** Five times as many Services: memory must not grow in proportion. */
const MORE_SERVICES = 50_000;

const CLI = join(import.meta.dirname, "../dist/cli.js");
const PARSE = join(import.meta.dirname, "check/parse.mjs");
const RETAINED = join(import.meta.dirname, "check/retained.mjs");
const CHECK = [CLI, "check", "--no-config"];
const MAY_END_IN = [0, 1];

/** Times, ratios to parsing only, peak memory, and the time until the first finding is printed. */
export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  try {
    const many = join(folder, "many");
    mkdirSync(many);
    const one = join(folder, "one.yaml");
    writeFileSync(one, writeEstate(many, SERVICES));
    const more = join(folder, "more");
    mkdirSync(more);
    writeEstate(more, MORE_SERVICES);
    return [
      ...(await estateRows(many, `${SERVICES} files`)),
      ...(await estateRows(one, `one file of ${SERVICES} documents`)),
      ...(await memoryRows(more)),
      ...(await smallRows(join(many, "team-0", "service-1.yaml"))),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function estateRows(path: string, what: string): Promise<Row[]> {
  const measured = await measureAlternately(
    {
      parse: [PARSE, path],
      check: [...CHECK, path],
      alone: [...CHECK, "--workers", "0", path],
      two: [...CHECK, "--workers", "2", path],
    },
    ROUNDS,
    MAY_END_IN,
  );
  const floor = measured("parse");
  return [
    { ...rowOf(`${what}: parsing alone`, floor), "first finding ms": "" },
    rowOf(`${what}: check`, measured("check"), floor),
    rowOf(`${what}: check without threads`, measured("alone"), floor),
    rowOf(`${what}: check with two threads`, measured("two"), floor),
  ];
}

/** The peak also depends on when garbage is collected: the memory retained per Service is measured separately. */
async function memoryRows(more: string): Promise<Row[]> {
  const args = ["--expose-gc", "--no-warnings", RETAINED, more, String(SERVICES), String(MORE_SERVICES)];
  const kept = Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
  const row = rowOf(`${MORE_SERVICES} files`, await measure([...CHECK, more], MAY_END_IN));
  return [{ ...row, "bytes kept a Service": Math.round(kept) }];
}

async function smallRows(file: string): Promise<Row[]> {
  const programs = { node: ["--eval", "0"], check: [...CHECK, file] };
  const measured = await measureAlternately(programs, SMALL_ROUNDS, MAY_END_IN);
  return [
    { ...rowOf("Node alone, doing nothing", measured("node")), "first finding ms": "" },
    { ...rowOf("one small file: check", measured("check")), "first finding ms": "" },
  ];
}

function rowOf(what: string, { wall, cpu, mebibytes, firstOutput }: Measured, floor?: Measured): Row {
  return {
    what,
    ms: Math.round(wall),
    "CPU ms": Math.round(cpu),
    "of parsing": floor === undefined ? "" : (wall / floor.wall).toFixed(2),
    "CPU of parsing": floor === undefined ? "" : (cpu / floor.cpu).toFixed(2),
    "first finding ms": Number.isNaN(firstOutput) ? "" : Math.round(firstOutput),
    "peak MiB": Math.round(mebibytes),
    "bytes kept a Service": "",
  };
}
