/**
 * `npm run apply-trial -- [PAIRS] [SEED]`: applies made-up pairs of manifests to the cluster of KUBECONFIG with a real
 * kubectl, in each way there is, and compares what reaches the API server's admission, and what it decides, with the engine.
 * FAIRLEAD_E2E_HOST says where the API server finds this machine. `--apply client` tries one way only; `--record` prints each
 * apply with what became of it, for test/check/against/recorded-applies.jsonl.gz.
 */
import { parseArgs } from "node:util";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { APPLY_MODES, type ApplyMode } from "#src/service/merge/index.ts";
import { parseVersion } from "#src/service/versions/version.ts";
import { run as runCommand, type Outcome } from "#test/e2e/process.ts";
import { tools } from "../tools.ts";
import { compare, type Trial, type Verdict } from "./compare.ts";
import { makePairs } from "./pairs.ts";
import { startRecorder } from "./recorder.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: "boolean", default: false }, apply: { type: "string", multiple: true } },
});
const [count = 200, seed = 1] = positionals.map(Number);
const modes = APPLY_MODES.filter((mode) => values.apply?.includes(mode) ?? true);
const host = process.env["FAIRLEAD_E2E_HOST"] ?? "127.0.0.1";
/** How many Services are applied at a time. */
const AT_ONCE = 4;

const COMMANDS: Record<ApplyMode, { readonly first: readonly string[]; readonly then: readonly string[] }> = {
  client: { first: ["apply"], then: ["apply"] },
  "server-side": { first: ["apply", "--server-side"], then: ["apply", "--server-side"] },
  replace: { first: ["create"], then: ["replace"] },
};

const { kubectl: path } = await tools();
const kubectl = (args: readonly string[], input?: unknown): Promise<Outcome> =>
  runCommand(path, args, input === undefined ? "" : JSON.stringify(input));

const versions: unknown = JSON.parse(await mustSucceed(kubectl(["version", "-o", "json"])));
const gitVersion = String(valueAt(versions, ["serverVersion", "gitVersion"]));
const version = parseVersion(gitVersion);
if (version === undefined) throw new Error(`the cluster of KUBECONFIG does not say its version: ${gitVersion}`);
const pairs = [...makePairs(count, seed, version.minor >= 22)];
let wrong = 0;
for (const mode of modes) {
  const verdicts = await withNamespace(`fairlead-apply-${mode}-${process.pid}`, (namespace) =>
    tryMode(mode, namespace),
  );
  const counts = new Map<string, number>();
  for (const { verdict } of verdicts) counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
  for (const { verdict, trial, patch } of verdicts) {
    if (values.record) console.log(JSON.stringify({ ...trial, patch }));
    else if (verdict.kind === "different") {
      const { before, after, live } = trial;
      console.log(JSON.stringify({ mode, ...verdict, before, after, live }));
    }
  }
  wrong += counts.get("different") ?? 0;
  const summary = [...counts].map(([kind, number]) => `${number} ${kind}`).join(", ");
  console.error(`${mode}, ${verdicts.length} of ${count} pairs, seed ${seed}, ${gitVersion}: ${summary}`);
}
process.exitCode = wrong === 0 ? 0 : 1;

interface Tried {
  readonly trial: Trial;
  /** The patch that kubectl sent, if it is recorded. */
  readonly patch: unknown;
  readonly verdict: Verdict;
}

async function tryMode(mode: ApplyMode, namespace: string): Promise<Tried[]> {
  const { first, then } = COMMANDS[mode];
  const within = ["-n", namespace, "-f", "-"];
  await inParallel(pairs, ({ before }) => kubectl([...first, ...within], before));
  const created = await stored(namespace);
  const changed = pairs.filter(({ name, meddle }) => meddle !== undefined && created.has(name));
  await inParallel(changed, ({ name, meddle }) => {
    const patch = JSON.stringify(meddle?.(created.get(name) ?? {}));
    return kubectl(["patch", "-n", namespace, "service", name, "--type=merge", "-p", patch]);
  });
  const live = await stored(namespace);
  const recorder = await startRecorder(host, namespace);
  try {
    await mustSucceed(kubectl(["create", "-f", "-"], recorder.configuration));
    await recorderIsAsked(namespace, live, (name) => recorder.take(name));
    const asked = pairs.filter(({ name }) => live.has(name));
    const outcomes = await inParallel(asked, async ({ name, before, after, meddle }) => {
      const { code, stderr } = await kubectl([...then, ...within, ...(values.record ? ["-v=9"] : [])], after);
      const trial: Trial = {
        ...{ mode, namespace, before, after, isMeddled: meddle !== undefined, live: live.get(name) ?? {} },
        admitted: recorder.take(name),
        error: code === 0 ? undefined : stderr.slice(stderr.search(/^(?:error|Error from|The )/m)),
      };
      return { name, trial, patch: values.record && mode === "client" ? patchIn(stderr) : undefined };
    });
    const stands = await stored(namespace);
    return outcomes.map(({ name, trial, patch }) => ({
      trial,
      patch,
      verdict: compare(trial, version ?? { minor: 0 }, stands.get(name)),
    }));
  } finally {
    await kubectl(["delete", "mutatingwebhookconfiguration", namespace]);
    recorder.close();
  }
}

/** The patch that kubectl has sent, by its log. */
function patchIn(log: string): unknown {
  const bodies = [...log.matchAll(/"Request Body" body=("(?:[^"\\]|\\.)+")$/gm)];
  const text: unknown = JSON.parse(bodies.at(-1)?.[1] ?? '""');
  return typeof text === "string" && text.startsWith("{") ? JSON.parse(text) : undefined;
}

/** Makes a labelled namespace for as long as the work takes. */
async function withNamespace<T>(name: string, work: (name: string) => Promise<T>): Promise<T> {
  const metadata = { name, labels: { "fairlead-apply-trial": name } };
  await mustSucceed(kubectl(["create", "-f", "-"], { apiVersion: "v1", kind: "Namespace", metadata }));
  try {
    return await work(name);
  } finally {
    const services = [...(await stored(name)).values()];
    const held = services.filter((service) => valueAt(service, ["metadata", "finalizers"]) !== undefined);
    await inParallel(held, (service) => {
      const patch = ["--type=merge", "-p", JSON.stringify({ metadata: { finalizers: null } })];
      return kubectl(["patch", "-n", name, "service", String(valueAt(service, ["metadata", "name"])), ...patch]);
    });
    await kubectl(["delete", "namespace", name, "--wait=false"]);
  }
}

/** The API server takes a moment to learn of a new webhook configuration. */
async function recorderIsAsked(
  namespace: string,
  services: ReadonlyMap<string, unknown>,
  take: (name: string) => JsonObject | undefined,
): Promise<void> {
  const [name = ""] = services.keys();
  for (let i = 0; i < 100; i += 1) {
    await kubectl(["annotate", "-n", namespace, "--dry-run=server", "service", name, `e.io/probe=${i}`]);
    if (take(name) !== undefined) return;
  }
  throw new Error(
    `the API server does not reach the webhook at ${host}: FAIRLEAD_E2E_HOST says where it finds this machine`,
  );
}

async function stored(namespace: string): Promise<Map<string, JsonObject>> {
  const list = await mustSucceed(kubectl(["get", "services", "-n", namespace, "-o", "json", "--show-managed-fields"]));
  const items = valueAt(JSON.parse(list), ["items"]);
  const services = Array.isArray(items) ? items.filter(isObject) : [];
  return new Map(services.map((item) => [String(valueAt(item, ["metadata", "name"])), item]));
}

async function mustSucceed(outcome: Promise<Outcome>): Promise<string> {
  const { code, stdout: out, stderr } = await outcome;
  if (code !== 0) throw new Error(stderr);
  return out;
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
