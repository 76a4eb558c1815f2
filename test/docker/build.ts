import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Instruction, type Stage, wordsOf } from "./dockerfile.ts";

/** What an image would be started with. */
export interface Built {
  /** Where the image's root is on this machine. */
  readonly root: string;
  /** The working directory in it. */
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: Instruction | undefined;
}

interface Building {
  readonly roots: ReadonlyMap<string, string>;
  readonly context: string;
  readonly root: string;
  workdir: string;
  readonly environment: Record<string, string>;
  user: string;
  entrypoint: Instruction | undefined;
}

/** What each instruction does on this machine; those that say something to people or to an engine alone do nothing. */
const STEPS: Readonly<Record<string, (building: Building, instruction: Instruction) => Promise<void> | void>> = {
  WORKDIR: async (building, { text }) => {
    building.workdir = text;
    await mkdir(here(building), { recursive: true });
  },
  COPY: copy,
  RUN: async (building, { text }) => {
    await promisify(execFile)("sh", ["-ec", text], {
      cwd: here(building),
      env: building.environment,
      maxBuffer: 2 ** 26,
    });
  },
  ENV: (building, instruction) => {
    for (const word of wordsOf(instruction)) {
      const [name = "", value = ""] = word.split("=");
      building.environment[name] = value;
    }
  },
  USER: (building, { text }) => {
    building.user = text;
  },
  ENTRYPOINT: (building, instruction) => {
    building.entrypoint = instruction;
  },
  LABEL: () => undefined,
  EXPOSE: () => undefined,
};

/**
 * Runs the stages' instructions in order, each stage in a folder of its own below `folder`.
 * @param context the folder that `COPY` copies from.
 * @returns the last stage.
 */
export async function buildImage(stages: readonly Stage[], context: string, folder: string): Promise<Built> {
  const roots = new Map(stages.map(({ name }) => [name, join(folder, name)]));
  let building: Building | undefined;
  for (const { name, instructions } of stages) {
    const root = join(folder, name);
    const environment = { ...wayToTheRegistry(), PATH: pathWithThisNode(), HOME: process.env.HOME ?? folder };
    building = { roots, context, root, workdir: "/", environment, user: "", entrypoint: undefined };
    await mkdir(root, { recursive: true });
    for (const instruction of instructions) await run(building, instruction);
  }
  if (building === undefined) throw new Error("the Dockerfile has no stage");
  return building;
}

/** What this machine needs to be set for npm to reach its registry; a container engine has its own way. */
function wayToTheRegistry(): Record<string, string> {
  const names = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|cafile|cache)|(https?|no)_proxy)$/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && names.test(name) ? [[name, value]] : [],
    ),
  );
}

async function run(building: Building, instruction: Instruction): Promise<void> {
  const step = STEPS[instruction.name];
  if (step === undefined) throw new Error(`nobody has said how to run ${instruction.name} without a container engine`);
  await step(building, instruction);
}

async function copy(building: Building, instruction: Instruction): Promise<void> {
  const words = wordsOf(instruction);
  const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
  const paths = words.filter((word) => !word.startsWith("--"));
  const target = join(here(building), paths.at(-1) ?? "");
  const source = from === undefined ? building.context : building.roots.get(from);
  if (source === undefined) throw new Error(`no stage is called ${String(from)}`);
  for (const path of paths.slice(0, -1)) {
    // A file goes into the folder, a folder's content becomes that of the target.
    const isFolder = (paths.at(-1) ?? "") !== "./";
    await cp(join(source, path), isFolder ? target : join(target, basename(path)), { recursive: true });
  }
}

function here({ root, workdir }: Building): string {
  return join(root, workdir);
}

/** The Node that runs this, which is the one that the image has, before any other. */
function pathWithThisNode(): string {
  return `${dirname(process.execPath)}:${process.env.PATH ?? ""}`;
}
