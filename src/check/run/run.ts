import { readSource, STANDARD_INPUT, WritableTree } from "../../files/index.ts";
import type { Summary } from "../../reports/model/index.ts";
import { Unusable } from "../../usage/index.ts";
import { type Context, type ContextSource, examine, makeContext, unknownLabelNotes } from "../findings/index.ts";
import { type Exclusion, type Input, inputsOf, lookAhead, withLookahead } from "../inputs/index.ts";
import type { Baseline } from "./baseline.ts";
import { EventLoopYield } from "./event-loop-yield.ts";
import { type FileToFix, fixText, writeFixed } from "./fix.ts";
import { type CheckEvent, RunResults } from "./run-results.ts";
import { WorkerPool } from "./worker-pool.ts";

/** The inputs and options of a run. */
export interface RunRequest extends ContextSource {
  readonly paths: readonly string[];
  /** The files to exclude; it also counts them. */
  readonly exclude: Exclusion;
  readonly baseline: Baseline | undefined;
  /** Whether safe fixes are written back into the files. */
  readonly fix: boolean;
  /** How many worker threads may be started. */
  readonly workers: number;
  /** Threads are started only if at least this many further files are to be checked. */
  readonly filesForWorkers: number;
  /** Called with notes for the user about the whole run, one sentence each. */
  readonly onNote?: (sentence: string) => void;
  /** Called from time to time with the number of files checked so far. */
  readonly onProgress?: (files: number) => void;
}

/**
 * How many files are checked before threads are considered: most runs have fewer, and the first findings appear at
 * once.
 */
const FILES_BEFORE_WORKERS = 300;

/**
 * Checks all inputs, and yields events as they occur, in the order of the inputs.
 * @returns the summary of the run
 * @throws {Unusable} if a policy cannot be used, or `--fix` is given for standard input
 */
export async function* runCheck(request: RunRequest): AsyncGenerator<CheckEvent, Summary> {
  if (request.fix && request.paths.includes(STANDARD_INPUT)) {
    throw new Unusable("--fix writes files: it cannot write back into standard input");
  }
  const context = await makeContext(request);
  for (const note of unknownLabelNotes(context)) request.onNote?.(note);
  const results = new RunResults(request.baseline);
  const tree = request.fix ? new WritableTree(request.paths) : undefined;
  const eventLoop = new EventLoopYield();
  let inputs = inputsOf(request.paths, request.exclude);
  const mayUseThreads = request.workers > 0 && !request.fix;
  let checked = 0;
  for (let step = await inputs.next(); step.done !== true; step = await inputs.next()) {
    yield* checkInput(step.value, context, results, tree);
    checked++;
    await eventLoop.ifDue();
    request.onProgress?.(checked);
    if (!mayUseThreads || checked !== FILES_BEFORE_WORKERS) continue;
    const ahead = await lookAhead(inputs, request.filesForWorkers);
    inputs = withLookahead(ahead);
    if (ahead.next.length < request.filesForWorkers) continue;
    yield* checkInThreads(inputs, request, context, results);
    break;
  }
  return results.summary;
}

/** @param tree the files that may be changed; undefined without `--fix` */
function* checkInput(
  input: Input,
  context: Context,
  results: RunResults,
  tree: WritableTree | undefined,
): Generator<CheckEvent> {
  if (input.type !== "file") {
    yield* results.addInputProblem(input);
    return;
  }
  const { file } = input;
  const source = readSource(file);
  if ("unreadable" in source) {
    yield* results.addInputProblem({ type: "unreadable", file, reason: source.unreadable }, source.line);
    return;
  }
  const text = tree === undefined ? source.text : yield* fixFile({ file, ...source }, tree, context, results);
  yield* results.addFile(file, text, examine(text, file, context));
}

function* fixFile(
  original: FileToFix,
  tree: WritableTree,
  context: Context,
  results: RunResults,
): Generator<CheckEvent, string> {
  const { file, text } = original;
  const fixed = fixText(text, file, context);
  const failure = fixed.text === text ? undefined : writeFixed(original, fixed.text, tree);
  if (failure !== undefined) {
    yield* results.addUnwritableFile(file, failure);
    return text;
  }
  yield* fixed.events;
  return fixed.text;
}

/** Distributes the remaining inputs among worker threads. Their results still arrive in the order of the inputs. */
async function* checkInThreads(
  inputs: AsyncGenerator<Input>,
  request: RunRequest,
  context: Context,
  results: RunResults,
): AsyncGenerator<CheckEvent> {
  const { settings, old, wantsServices } = request;
  const pool = new WorkerPool(request.workers, { settings, old, wantsServices });
  let checked = FILES_BEFORE_WORKERS;
  try {
    for await (const { input, examined } of pool.examineAll(inputs)) {
      if (examined === undefined) yield* checkInput(input, context, results, undefined);
      else yield* results.addFile(input.file, undefined, examined);
      request.onProgress?.(++checked);
    }
  } finally {
    await pool.close();
  }
}
