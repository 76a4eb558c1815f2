/** What is left for well-behaved clients, eight connections of 20 reviews a second each, while others do their worst. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeSelfSigned } from "../src/server/self-signed.ts";
import type { Row } from "./table.ts";
import { type Contender, startContender } from "./webhook/contender.ts";

export const name = "overload";

const MILLISECONDS = 8000;
const CLIENTS = join(import.meta.dirname, "overload/clients.ts");
const REVIEW = join(import.meta.dirname, "../test/reviews/create-main-kubectl-client-side-apply-shop-validating.json");
/** As in a container of 512Mi: what the image and the server take of it. */
const [HEAP, JUDGE_HEAP] = [154, 179];

/** What others do, after nothing; and again nothing, right after the worst of it. */
const WORST = [
  "nothing",
  "a client that floods, 300 connections",
  "nothing, right after",
  "the same with reviews of 60 KB",
  "nothing, right after",
  "eight large bodies at a time",
  "nothing, right after",
  "500 half-open connections",
  "300 slow heads",
  "300 slow bodies",
  "300 that never read",
  "5,000 idle connections",
] as const;

/** One row for each: what the well-behaved see, what became of the others, and the most memory so far. */
export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-overload-"));
  const files = { cert: join(folder, "tls.crt"), key: join(folder, "tls.key"), ca: join(folder, "ca.crt") };
  const pair = await makeSelfSigned(new Date());
  writeFileSync(files.cert, pair.certificate);
  writeFileSync(files.key, pair.key);
  writeFileSync(files.ca, pair.ca);
  const rows: Row[] = [];
  try {
    for (const worst of WORST) {
      // Right after: by the same server.
      const server = worst.endsWith("after") && last !== undefined ? last : await startServer(files);
      if (last !== server) last?.process.kill();
      last = server;
      const watching = new Memory(server);
      const clients = (kind: string) => runClients(kind, server.port, files.ca);
      const [others, they] = await Promise.all([
        clients("others"),
        worst.startsWith("nothing") ? undefined : clients(worst),
      ]);
      rows.push({
        "what others do": worst,
        answered: others.answered,
        "shed or cut": others.shed + others.cut,
        "p50 ms": others.p50,
        "p99 ms": others.p99,
        "their answered": they?.answered ?? "",
        "their shed": they?.shed ?? "",
        "their cut": they?.cut ?? "",
        "peak MiB": watching.stop(),
      });
    }
    return rows;
  } finally {
    last?.process.kill();
    rmSync(folder, { recursive: true });
  }
}

let last: Contender | undefined;

function startServer(files: { readonly cert: string; readonly key: string }): Promise<Contender> {
  const cli = join(import.meta.dirname, "../dist/cli.js");
  const ports = ["--port", "0", "--health-port", "0", "--host", "127.0.0.1", "--drain", "0"];
  const pair = ["--tls-cert", files.cert, "--tls-key", files.key];
  const memory = ["--judge-memory", String(JUDGE_HEAP), "--policy", "baseline"];
  return startContender([`--max-old-space-size=${HEAP}`, cli, "serve", ...ports, ...pair, ...memory]);
}

interface Result {
  readonly answered: number;
  readonly shed: number;
  readonly cut: number;
  readonly p50: number;
  readonly p99: number;
}

async function runClients(kind: string, port: number, ca: string): Promise<Result> {
  const args = ["--no-warnings", CLIENTS, kind, String(port), ca, REVIEW, String(MILLISECONDS)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const found: unknown = JSON.parse(stdout);
  if (!isResult(found)) throw new Error(`no figures: ${stdout}`);
  return found;
}

function isResult(value: unknown): value is Result {
  return typeof value === "object" && value !== null && "p99" in value;
}

/** The most memory that a server and the process that judges for it hold together, looked at ten times a second. */
class Memory {
  #most = 0;
  readonly #timer: NodeJS.Timeout;

  constructor({ process: { pid = 0 } }: Contender) {
    this.#timer = setInterval(() => {
      this.#most = Math.max(this.#most, memoryBelow(pid));
    }, 100);
  }

  /** @returns the most, in MiB. */
  stop(): number {
    clearInterval(this.#timer);
    return Math.round(this.#most / 1024);
  }
}

/** The resident KiB of a process and its children; 0 where the system does not tell. */
function memoryBelow(pid: number): number {
  try {
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
    );
    return children.reduce((sum, child) => sum + memoryBelow(Number(child)), own);
  } catch {
    return 0;
  }
}
