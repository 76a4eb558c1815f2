import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { PolicySet } from "#src/policy/model/types.ts";
import type { Answered, Oracle } from "./oracle.ts";
import type { Question } from "./questions.ts";
import type { Random } from "./random.ts";
import type { Replica } from "./replica.ts";

/** The counts of all clients. */
export interface ClientStatistics {
  answers: number;
  /** Answers that differ from the engine's. */
  wrong: number;
  /** Reviews without an answer, although one was due. */
  lost: number;
  /** Reviews sent again because the replica was shutting down and had not accepted them. */
  retried: number;
  /** Reviews sent again because a replica shed load. */
  shed: number;
  /** Descriptions of the first few wrong or lost answers. */
  readonly problems: string[];
}

export function emptyStatistics(): ClientStatistics {
  return { answers: 0, wrong: 0, lost: 0, retried: 0, shed: 0, problems: [] };
}

/** The maximum number of descriptions kept. */
const MAX_PROBLEMS = 10;
/** How many times a review is sent before it counts as lost, and the pause in between in milliseconds. */
const ATTEMPTS = 50;
const PAUSE = 200;
/** Longer than any deadline of a server, in milliseconds. */
const TIMEOUT = 40_000;

export interface ClientParts {
  readonly replicas: readonly Replica[];
  readonly oracle: Oracle;
  readonly questions: Iterator<Question, never>;
  readonly random: Random;
  /** The CA certificates of all serving certificates. */
  readonly ca: readonly string[];
  readonly statistics: ClientStatistics;
  readonly stopped: () => boolean;
}

/** Sends one review after the other over kept-alive connections and checks each answer, until it is stopped. */
export async function runClient(parts: ClientParts): Promise<void> {
  const agent = new Agent({ keepAlive: true, ca: [...parts.ca], servername: "localhost", maxSockets: 1 });
  while (!parts.stopped()) await askOne(parts, agent, parts.questions.next().value);
  agent.destroy();
}

async function askOne(parts: ClientParts, agent: Agent, question: Question): Promise<void> {
  const { statistics, oracle } = parts;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const replica = pickReplica(parts);
    const inForce = new Set<PolicySet>(oracle.inForce);
    const answered = await post(agent, replica, question);
    if ("failure" in answered) {
      if (!answered.mayRetry) {
        recordProblem(statistics, "lost", `${replica.name} (${replica.state}): ${answered.failure}`);
        return;
      }
      statistics.retried++;
    } else if (isShed(answered)) {
      statistics.shed++;
    } else {
      for (const policies of oracle.inForce) inForce.add(policies);
      statistics.answers++;
      const problem = oracle.problem(question, answered, inForce);
      if (problem !== undefined)
        recordProblem(statistics, "wrong", `${question.path} ${question.body.slice(0, 2000)}\n${problem}`);
      return;
    }
    await sleep(PAUSE);
  }
  recordProblem(statistics, "lost", `asked ${ATTEMPTS} times without an answer`);
}

function isShed({ status, retryAfter }: Reply): boolean {
  return (status === 429 || status === 503) && retryAfter !== undefined;
}

function recordProblem(statistics: ClientStatistics, what: "wrong" | "lost", problem: string): void {
  statistics[what]++;
  if (statistics.problems.length < MAX_PROBLEMS) statistics.problems.push(`${what}: ${problem}`);
}

/** A running replica; any replica if none is up. */
function pickReplica({ replicas, random }: ClientParts): Replica {
  const running = replicas.filter(({ state }) => state === "up");
  return random.pick(running.length > 0 ? running : replicas);
}

interface Reply extends Answered {
  readonly retryAfter: string | undefined;
}

interface Failure {
  readonly failure: string;
  /** Whether an API server would retry, because the request cannot have been processed. */
  readonly mayRetry: boolean;
}

function post(agent: Agent, { port, state }: Replica, { path, body }: Question): Promise<Reply | Failure> {
  return new Promise((resolve) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const options = { host: "127.0.0.1", port, path: `${path}?timeout=30s`, method: "POST", agent, headers };
    const client = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers["retry-after"] });
      });
      response.on("error", ({ message }) => {
        resolve({ failure: message, mayRetry: false });
      });
    });
    client.setTimeout(TIMEOUT, () => client.destroy(new Error(`no answer within ${TIMEOUT / 1000} s`)));
    client.on("error", (error: NodeJS.ErrnoException) => {
      const isRefused = error.code === "ECONNREFUSED" && state !== "up";
      // A kept-alive connection may be closed just as it is reused; Go's client then retries on another one.
      const isEnding = client.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      resolve({ failure: error.message, mayRetry: isRefused || (isEnding && state !== "up") });
    });
    client.end(body);
  });
}
