import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { PolicySet } from "#src/policy/model/types.ts";
import type { Answered, Oracle } from "./oracle.ts";
import type { Question } from "./questions.ts";
import type { Random } from "./random.ts";
import type { Replica } from "./replica.ts";

/** What the clients have seen. */
export interface Tally {
  answers: number;
  /** Answers that are not the engine's. */
  wrong: number;
  /** Questions without an answer, where there should have been one. */
  lost: number;
  /** Questions asked again because nobody had taken them: the replica was ending. */
  retried: number;
  /** Questions asked again because a replica had too much to do. */
  shed: number;
  /** The first few of what was wrong or lost, in words. */
  readonly problems: string[];
}

export function emptyTally(): Tally {
  return { answers: 0, wrong: 0, lost: 0, retried: 0, shed: 0, problems: [] };
}

/** How many problems are kept in words. */
const MOST_PROBLEMS = 10;
/** How often a question is asked again before it counts as lost, and after how many milliseconds. */
const ATTEMPTS = 50;
const PAUSE = 200;
/** Longer than any deadline of a server, in milliseconds. */
const TIMEOUT = 40_000;

export interface ClientParts {
  readonly replicas: readonly Replica[];
  readonly oracle: Oracle;
  readonly questions: Iterator<Question, never>;
  readonly random: Random;
  /** The CAs of all certificates that come up. */
  readonly ca: readonly string[];
  readonly tally: Tally;
  readonly stopped: () => boolean;
}

/** Asks one question after the other over kept connections, and checks each answer, until it is stopped. */
export async function runClient(parts: ClientParts): Promise<void> {
  const agent = new Agent({ keepAlive: true, ca: [...parts.ca], servername: "localhost", maxSockets: 1 });
  while (!parts.stopped()) await askOne(parts, agent, parts.questions.next().value);
  agent.destroy();
}

async function askOne(parts: ClientParts, agent: Agent, question: Question): Promise<void> {
  const { tally, oracle } = parts;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const replica = pickReplica(parts);
    const inForce = new Set<PolicySet>(oracle.inForce);
    const answered = await post(agent, replica, question);
    if ("failure" in answered) {
      if (!answered.mayRetry) {
        note(tally, "lost", `${replica.name} (${replica.state}): ${answered.failure}`);
        return;
      }
      tally.retried++;
    } else if (isShed(answered)) {
      tally.shed++;
    } else {
      for (const policies of oracle.inForce) inForce.add(policies);
      tally.answers++;
      const problem = oracle.problem(question, answered, inForce);
      if (problem !== undefined) note(tally, "wrong", `${question.path} ${question.body.slice(0, 2000)}\n${problem}`);
      return;
    }
    await sleep(PAUSE);
  }
  note(tally, "lost", `asked ${ATTEMPTS} times without an answer`);
}

function isShed({ status, retryAfter }: Reply): boolean {
  return (status === 429 || status === 503) && retryAfter !== undefined;
}

function note(tally: Tally, what: "wrong" | "lost", problem: string): void {
  tally[what]++;
  if (tally.problems.length < MOST_PROBLEMS) tally.problems.push(`${what}: ${problem}`);
}

/** One that runs; some while after it was asked to end, as it takes a cluster to take it off its list. */
function pickReplica({ replicas, random }: ClientParts): Replica {
  const there = replicas.filter(({ state }) => state === "up");
  return random.pick(there.length > 0 ? there : replicas);
}

interface Reply extends Answered {
  readonly retryAfter: string | undefined;
}

interface Failure {
  readonly failure: string;
  /** Whether an API server would ask again: nobody can have begun to answer. */
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
      // A kept connection may end at the moment that it is used again; Go's client then asks on another.
      const isEnding = client.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      resolve({ failure: error.message, mayRetry: isRefused || (isEnding && state !== "up") });
    });
    client.end(body);
  });
}
