import { availableParallelism } from "node:os";
import { readSource, STANDARD_INPUT, WritableTree } from "../../files/index.ts";
import type { Summary } from "../../reports/model/index.ts";
import { versionText } from "../../service/versions/index.ts";
import { Unusable } from "../../usage/index.ts";
import { unknownLabelNotes } from "../settings/index.ts";
import { examine } from "../../examine/findings/index.ts";
import { fixText } from "../../examine/fixes/index.ts";
import { type ContextSource, inSets, makeContext, type RunContext } from "../context/index.ts";
import { withFingerprints } from "../fingerprints/index.ts";
import {
  type Exclusion,
  type Input,
  inputsOf,
  kustomizationsOnDisk,
  lookAhead,
  withLookahead,
} from "../inputs/index.ts";
import type { GivenObjects } from "../inventory/index.ts";
import { renderAll } from "../render/index.ts";
import type { Baseline } from "./baseline.ts";
import { checkRendered, renderInputs } from "./check-rendered.ts";
import type { OldState } from "../../examine/before/index.ts";
import { EventLoopYield } from "./event-loop-yield.ts";
import { type FileToFix, fixedEvents, writeFixed } from "./fix.ts";
import type { PreparedRun } from "./prepared-run.ts";
import { type CheckEvent, RunResults } from "./run-results.ts";
import { examineFile, WorkerPool } from "../threads/index.ts";

/** The inputs and options of a run. */
export interface RunRequest extends ContextSource {
  readonly paths: readonly string[];
  /** The files to exclude; it also counts them. */
  readonly exclude: Exclusion;
  /** Globs of folders whose manifests are applied to a cluster of their own. */
  readonly sets: readonly string[];
  readonly baseline: Baseline | undefined;
  /** What is in the cluster already, for rules that look at several objects. */
  readonly given: GivenObjects;
  /** Whether each set is all that there is in its cluster. */
  readonly isComplete: boolean;
  /** Whether the previous state is that of the same paths: what is in it only has been removed. */
  readonly isOldOfPaths: boolean;
  /** The objects of the previous state that are no Services. */
  readonly oldOthers: OldState["others"];
  /** Whether safe fixes are written back into the files, or only shown; undefined without fixes. */
  readonly fix: "write" | "show" | undefined;
  /** Set if charts and overlays are rendered; `values` are files of values for all charts. */
  readonly render: { readonly values: readonly string[] } | undefined;
  /** How many worker threads may be started. */
  readonly workers: number;
  /** Whether that number was asked for: then they are started in any case, as soon as there are files for them. */
  readonly areWorkersAskedFor: boolean;
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
 * How many further files are needed for threads to be started. A thread starts cold, and its results must be copied: fewer
 * files are faster without threads (`npm run bench -- check`).
 */
const MIN_FILES_FOR_WORKERS = 8000;

/**
 * How many further files are needed in this run; undefined if it has no threads. Unless they are asked for, it has none if
 * rules look at other objects: each thread is sent all objects of the run and makes an inventory of them for itself, which
 * takes longer than threads save, and the memory once more.
 */
function filesForWorkers({ objects }: PreparedRun, request: RunRequest): number | undefined {
  if (request.workers === 0 || request.fix !== undefined) return undefined;
  if (request.areWorkersAskedFor) return 1;
  return objects === undefined ? MIN_FILES_FOR_WORKERS : undefined;
}

/**
 * Checks all inputs, and yields events as they occur, in the order of the inputs.
 * @returns the summary of the run
 * @throws {Unusable} if a policy cannot be used, or `--fix` is given for standard input
 */
export async function* runCheck(request: RunRequest): AsyncGenerator<CheckEvent, Summary> {
  if (request.fix === "write" && request.paths.includes(STANDARD_INPUT)) {
    throw new Unusable("--fix writes files: it cannot write back into standard input");
  }
  if (request.fix !== undefined && request.render !== undefined) {
    throw new Unusable("--fix changes files, and what --render checks is in none: use one of the two");
  }
  const context = await makeContext(request);
  for (const note of [...(context.policies.notes ?? []), ...unknownLabelNotes(context)]) request.onNote?.(note);
  const results = new RunResults(request.baseline, request.settings.strictFiles);
  const kustomizations = kustomizationsOnDisk();
  const found = await inputsOf(request.paths, request.exclude, { sets: request.sets, kustomizations });
  const rendering =
    request.render === undefined ? undefined : renderInputs(found, request.render.values, kustomizations);
  const kubernetesVersion = versionText(request.settings.askedVersion);
  const run: PreparedRun = {
    context,
    inputs: rendering === undefined ? found : rendering.others[Symbol.iterator](),
    renderings: renderAll(rendering?.plan.targets ?? [], { kubernetesVersion, concurrency: RENDERINGS_AT_A_TIME }),
    read: readSource,
  };
  const prepared = context.policies.needs.size === 0 ? run : await preparedFor(run, request);
  yield* checkInputs(prepared, request, results);
  yield* checkRendered(prepared.renderings, kustomizations, prepared.context, results);
  yield* prepared.end?.(results) ?? [];
  return results.summary;
}

/** The run with what its policies have to know of other objects. */
async function preparedFor(run: PreparedRun, request: RunRequest): Promise<PreparedRun> {
  const { withInventory } = await import("./with-inventory.ts");
  const { given, isComplete } = request;
  return withInventory(run, { given, isComplete, before: stateBefore(request) });
}

/** The previous state of the same paths, without which nothing is known to be removed. */
export function stateBefore({
  isOldOfPaths,
  old,
  oldOthers,
}: Pick<RunRequest, "isOldOfPaths" | "old" | "oldOthers">): OldState | undefined {
  return isOldOfPaths && old !== undefined ? { services: old, others: oldOthers } : undefined;
}

async function* checkInputs(run: PreparedRun, request: RunRequest, results: RunResults): AsyncGenerator<CheckEvent> {
  const fixer = fixerOf(request);
  const eventLoop = new EventLoopYield();
  const enough = filesForWorkers(run, request);
  let { inputs } = run;
  let checked = 0;
  for (let step = inputs.next(); step.done !== true; step = inputs.next()) {
    // Not `yield*`: in an asynchronous generator, it waits for each file even if there is nothing to yield.
    for (const event of checkInput(step.value, run, results, fixer)) yield event;
    checked++;
    if (eventLoop.isDue) await eventLoop.run();
    request.onProgress?.(checked);
    if (enough === undefined || checked !== FILES_BEFORE_WORKERS) continue;
    const ahead = lookAhead(inputs, enough);
    inputs = withLookahead(ahead);
    if (ahead.next.length < enough) continue;
    yield* checkInThreads(inputs, run, request, results);
    break;
  }
}

/** How many programs render at a time: each is a process that uses a core. */
const RENDERINGS_AT_A_TIME = Math.max(2, availableParallelism());

/** What is done with the fixed texts: they are written into the tree, or shown. */
type Fixer = { readonly tree: WritableTree } | "show";

function fixerOf({ fix, paths }: RunRequest): Fixer | undefined {
  return fix === "write" ? { tree: new WritableTree(paths) } : fix;
}

/** @param fixer undefined without `--fix` */
function* checkInput(
  input: Input,
  { context, read }: Pick<PreparedRun, "context" | "read">,
  results: RunResults,
  fixer: Fixer | undefined,
): Generator<CheckEvent> {
  if (input.type !== "file") {
    yield* results.addInputProblem(input);
    return;
  }
  const { file, isNamed } = input;
  const source = read(file);
  if ("unreadable" in source) {
    yield* results.addInputProblem({ type: "unreadable", file, reason: source.unreadable }, source.line);
    return;
  }
  const text = fixer === undefined ? source.text : yield* fixFile({ file, ...source }, fixer, context, results);
  const examined = withFingerprints(examine(text, file, inSets(context, input.sets), isNamed));
  yield* results.addFile(file, text, examined, input.sets);
}

function* fixFile(
  original: FileToFix,
  fixer: Fixer,
  context: RunContext,
  results: RunResults,
): Generator<CheckEvent, string> {
  const { file, text } = original;
  const fixed = fixText(text, file, context);
  if (fixed.text === text) return text;
  if (fixer === "show") {
    yield { type: "fixable", file, before: text, after: fixed.text };
    return fixed.text;
  }
  const failure = writeFixed(original, fixed.text, fixer.tree);
  if (failure !== undefined) {
    yield* results.addUnwritableFile(file, failure);
    return text;
  }
  yield* fixedEvents(file, fixed.rounds);
  return fixed.text;
}

/** Distributes the remaining inputs among worker threads. Their results still arrive in the order of the inputs. */
async function* checkInThreads(
  inputs: IterableIterator<Input>,
  run: PreparedRun,
  request: RunRequest,
  results: RunResults,
): AsyncGenerator<CheckEvent> {
  const { settings, old, wantsServices } = request;
  const { context, objects } = run;
  const source = { settings, old, wantsServices, objects };
  const pool = new WorkerPool(request.workers, source, (file) => examineFile(file, context));
  let checked = FILES_BEFORE_WORKERS;
  try {
    for await (const { input, examined } of pool.examineAll(inputs)) {
      const events =
        examined === undefined || input.type !== "file"
          ? checkInput(input, run, results, undefined)
          : results.addFile(input.file, undefined, examined, input.sets);
      for (const event of events) yield event;
      request.onProgress?.(++checked);
    }
  } finally {
    await pool.close();
  }
}
