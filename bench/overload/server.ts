import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { workerHeapSize } from "#src/webhook/worker/heap-size.ts";
import type { CertificateFiles } from "../certificate-files.ts";
import { type Contender, startContender } from "../webhook/contender.ts";
import { IMAGE_FLAGS } from "../webhook/image-flags.ts";

const CLI = join(import.meta.dirname, "../../dist/cli.js");
const CLIENTS = join(import.meta.dirname, "clients.ts");
const REVIEW = join(
  import.meta.dirname,
  "../../test/reviews/create-main-kubectl-client-side-apply-shop-validating.json",
);
/** The share of the container's memory that is the server's heap limit: see the Dockerfile. */
const HEAP_SHARE = 0.3;
const MEBIBYTE = 1024 * 1024;

/** Starts a server with the policy set `baseline` and the heap limits of a container of this many MiB. */
export function startServer(files: CertificateFiles, mebibytes: number): Promise<Contender> {
  const ports = ["--port", "0", "--health-port", "0", "--host", "127.0.0.1", "--drain", "0"];
  const pair = ["--tls-cert", files.certificate, "--tls-key", files.key];
  const memory = ["--judge-memory", String(workerHeapSize(mebibytes * MEBIBYTE)), "--policy", "baseline"];
  const heap = Math.round(mebibytes * HEAP_SHARE);
  return startContender([`--max-old-space-size=${heap}`, ...IMAGE_FLAGS, CLI, "serve", ...ports, ...pair, ...memory]);
}

/** The counts of requests of clients of one kind, and the quantiles of their response times in milliseconds. */
export interface Result {
  readonly answered: number;
  readonly shed: number;
  readonly cut: number;
  readonly p50: number;
  readonly p99: number;
}

/** Runs clients of a kind of `clients.ts` for this many milliseconds. */
export async function runClients(kind: string, { port }: Contender, ca: string, milliseconds: number): Promise<Result> {
  const args = ["--no-warnings", CLIENTS, kind, String(port), ca, REVIEW, String(milliseconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const found: unknown = JSON.parse(stdout);
  if (!isResult(found)) throw new Error(`no figures: ${stdout}`);
  return found;
}

function isResult(value: unknown): value is Result {
  return typeof value === "object" && value !== null && "p99" in value;
}

/** The peak memory of a server and its worker process together, sampled ten times a second. */
export class Memory {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor({ process: { pid = 0 } }: Contender) {
    this.#timer = setInterval(() => {
      this.#peak = Math.max(this.#peak, memoryBelow(pid));
    }, 100);
  }

  /** @returns the peak in MiB */
  stop(): number {
    clearInterval(this.#timer);
    return Math.round(this.#peak / 1024);
  }
}

/**
 * The memory of a process and its children in KiB, with shared pages counted once, as for a container's limit; 0 if the
 * system does not provide it.
 */
function memoryBelow(pid: number): number {
  try {
    const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
    );
    return children.reduce((sum, child) => sum + memoryBelow(Number(child)), own);
  } catch {
    return 0;
  }
}
