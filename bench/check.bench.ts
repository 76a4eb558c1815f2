/** `fairlead check` as a whole process, beside programs that only parse or only read the same files, in alternating rounds. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Aim, AIMS, aimText } from "./aims.ts";
import { writeEstate } from "./check/estate.ts";
import { measure, type Measured, measureAlternately } from "./check/measure.ts";
import { writeData, writeOtherKinds } from "./check/other-files.ts";
import type { Options, Row, Table } from "./table.ts";

export const name = "check";

const SERVICES = 10_000;
/** Five times as many Services: memory must not grow in proportion. */
const MORE_SERVICES = 50_000;
/** Files that are no Services, as in most repositories. */
const OTHERS = 3000;

const CLI = join(import.meta.dirname, "../dist/cli.js");
const PARSE = join(import.meta.dirname, "check/parse.mjs");
const READ = join(import.meta.dirname, "check/read.mjs");
const SCAN = join(import.meta.dirname, "check/scan.mjs");
const RETAINED = join(import.meta.dirname, "check/retained.mjs");
const CHECK = [CLI, "check", "--no-config"];
const MAY_END_IN = [0, 1];

/** What is measured: ratios with their aims, and figures. */
interface Rows {
  readonly ratios: readonly Row[];
  readonly figures: readonly Row[];
}

/** Times, ratios to parsing only, peak memory, and the time until the first finding is printed. */
export async function run({ quick }: Options): Promise<readonly Table[]> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  const rounds = quick ? 2 : 5;
  const made = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  try {
    const [many, more, data, kinds] = [made("many"), made("more"), made("data"), made("kinds")];
    const one = join(folder, "one.yaml");
    writeFileSync(one, writeEstate(many, SERVICES));
    writeEstate(more, MORE_SERVICES);
    writeData(data, OTHERS);
    writeOtherKinds(kinds, OTHERS);
    const read = await bundledReader(folder);
    const parts = [
      await estateRows(many, `${SERVICES} files`, read, rounds),
      await estateRows(one, `one file of ${SERVICES} documents`, read, rounds),
      await otherRows(data, `${OTHERS} files that are no manifests`, read, rounds),
      await otherRows(kinds, `${OTHERS} manifests of other kinds`, read, rounds),
      await memoryRows(more),
      await smallRows(join(many, "team-0", "service-1.yaml"), quick ? 3 : 25),
    ];
    return [
      { title: "Check, beside parsing or reading alone", kind: "ratios", rows: parts.flatMap(({ ratios }) => ratios) },
      { title: "check", kind: "figures", rows: parts.flatMap(({ figures }) => figures) },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The reader as one file, as the command has it: loading each of its sources would take longer than reading. */
async function bundledReader(folder: string): Promise<string> {
  const outfile = join(folder, "read.mjs");
  await build({ entryPoints: [READ], outfile, bundle: true, platform: "node", format: "esm" });
  return outfile;
}

async function estateRows(path: string, what: string, read: string, rounds: number): Promise<Rows> {
  const measured = await measureAlternately(
    {
      parse: [PARSE, path],
      read: [read, path],
      check: [...CHECK, path],
      alone: [...CHECK, "--workers", "0", path],
      one: [...CHECK, "--workers", "1", path],
    },
    rounds,
    MAY_END_IN,
  );
  const check = measured("check");
  return {
    ratios: [
      ratioRow(`${what}: check`, "the package yaml alone", check, measured("parse"), AIMS.checkTime, AIMS.checkCpu),
      ratioRow(`${what}: check`, "its own reader alone", check, measured("read"), AIMS.checkTime, AIMS.checkCpu),
    ],
    figures: [
      { ...rowOf(`${what}: the package yaml alone`, measured("parse")), "first finding ms": "" },
      { ...rowOf(`${what}: its own reader alone`, measured("read")), "first finding ms": "" },
      rowOf(`${what}: check`, check),
      rowOf(`${what}: check without threads`, measured("alone")),
      rowOf(`${what}: check with another thread`, measured("one")),
    ],
  };
}

async function otherRows(path: string, what: string, read: string, rounds: number): Promise<Rows> {
  const programs = { scan: [SCAN, path], read: [read, path], check: [...CHECK, path] };
  const measured = await measureAlternately(programs, rounds, MAY_END_IN);
  const check = measured("check");
  return {
    ratios: [
      ratioRow(`${what}: check`, "reading and scanning alone", check, measured("scan"), AIMS.checkOfOthers),
      ratioRow(`${what}: check`, "its own reader alone", check, measured("read")),
    ],
    figures: [
      { ...rowOf(`${what}: reading and scanning alone`, measured("scan")), "first finding ms": "" },
      { ...rowOf(`${what}: its own reader alone`, measured("read")), "first finding ms": "" },
      { ...rowOf(`${what}: check`, check), "first finding ms": "" },
    ],
  };
}

function ratioRow(what: string, beside: string, one: Measured, floor: Measured, time?: Aim, cpu?: Aim): Row {
  const [ofTime, ofCpu] = [one.wall / floor.wall, one.cpu / floor.cpu];
  return {
    what,
    beside,
    time: ofTime.toFixed(2),
    "aim of time": time === undefined ? "" : aimText(time, ofTime),
    CPU: ofCpu.toFixed(2),
    "aim of CPU": cpu === undefined ? "" : aimText(cpu, ofCpu),
  };
}

/** The peak also depends on when garbage is collected: the memory retained per Service is measured separately. */
async function memoryRows(more: string): Promise<Rows> {
  const args = ["--expose-gc", "--no-warnings", RETAINED, more, String(SERVICES), String(MORE_SERVICES)];
  const kept = Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
  const measured = await measure([...CHECK, more], MAY_END_IN);
  const row = rowOf(`${MORE_SERVICES} files: check`, measured);
  const aim = aimText(AIMS.checkMemory, measured.mebibytes);
  return { ratios: [], figures: [{ ...row, "aim of peak": aim, "bytes kept a Service": Math.round(kept) }] };
}

async function smallRows(file: string, rounds: number): Promise<Rows> {
  const programs = { node: ["--eval", "0"], check: [...CHECK, file] };
  const measured = await measureAlternately(programs, rounds, MAY_END_IN);
  const figures = [
    { ...rowOf("Node alone, doing nothing", measured("node")), "first finding ms": "" },
    { ...rowOf("one small file: check", measured("check")), "first finding ms": "" },
  ];
  return { ratios: [], figures };
}

function rowOf(what: string, { wall, cpu, mebibytes, firstOutput }: Measured): Row {
  return {
    what,
    ms: Math.round(wall),
    "CPU ms": Math.round(cpu),
    "first finding ms": Number.isNaN(firstOutput) ? "" : Math.round(firstOutput),
    "peak MiB": Math.round(mebibytes),
    "aim of peak": "",
    "bytes kept a Service": "",
  };
}
