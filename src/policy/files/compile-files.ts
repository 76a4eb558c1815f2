import { isObject, type JsonObject, Path, valueAt } from "../../field/index.ts";
import type { TextDocument } from "../../text/document/index.ts";
import { readText } from "../../text/index.ts";
import { type AdmissionDocument, isAdmissionDocument, readAdmissionDocument } from "../admission-policies/index.ts";
import { compilePolicies, readPolicy } from "../compile/index.ts";
import { NO_POLICIES, type PolicyDocument, type PolicySet } from "../model/index.ts";
import { API_VERSION, type Problem, type ServicePolicy } from "../schema/index.ts";
import { keyOf, linkPolicies } from "./link.ts";
import { type Placed, placer } from "./placed.ts";
import { type PolicyProblem, problemText } from "./problem.ts";
import type { SourceFile } from "./source-file.ts";

/** Policies of files. If there is any problem, the set is empty: a set is never applied in part. */
export interface CompiledFiles {
  readonly policies: PolicySet;
  /** The policy documents: those of a team in the order of the files, then those of the cluster. */
  readonly documents: readonly PolicyDocument[];
  readonly problems: readonly PolicyProblem[];
  /** What was passed over because it has no part in the judgement of Services, and why. */
  readonly notes: readonly PolicyProblem[];
}

/** Compiles policies from files that have been read. */
export function compileFiles(files: readonly SourceFile[]): CompiledFiles {
  const steps = compileSteps(files);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** The same, step by step: it yields where there may be a pause. */
export function* compileSteps(files: readonly SourceFile[]): Generator<undefined, CompiledFiles> {
  const reading = new Reading();
  for (const file of files) yield* reading.readFile(file);
  const { teamPolicies, admissionDocuments, objects } = reading;
  const linked = yield* linkPolicies(admissionDocuments, objects, reading.unread);
  const problems = [...reading.problems, ...linked.problems];
  const documents = [...teamPolicies, ...linked.policies];
  const isValid = problems.length === 0;
  return {
    policies: isValid ? { ...compilePolicies(documents), notes: linked.notes.map(problemText) } : NO_POLICIES,
    documents: isValid ? documents : [],
    problems,
    notes: linked.notes,
  };
}

const NAME = Path.root.child("metadata").child("name");

/** What is read from the files, by its kind. */
class Reading {
  readonly problems: PolicyProblem[] = [];
  readonly teamPolicies: ServicePolicy[] = [];
  readonly admissionDocuments: Placed<AdmissionDocument>[] = [];
  /** Objects that are no policies: policies may name them as their parameters. */
  readonly objects: Placed<JsonObject>[] = [];
  /** The admission policies that have problems, by {@link keyOf}: what belongs to them is not missing. */
  readonly unread = new Set<string>();
  /** The file of each document, by its kind and name. */
  readonly #files = new Map<string, string>();

  *readFile(source: SourceFile): Generator<undefined, void> {
    const { file } = source;
    const atStart = { file, line: 1, column: 1, path: Path.root };
    if ("unreadable" in source) {
      this.problems.push({ ...atStart, message: source.unreadable });
      return;
    }
    const { documents } = readText(source.text, { format: "auto" });
    const nonEmpty = documents.filter((document) => document.value !== null);
    if (nonEmpty.length === 0) this.problems.push({ ...atStart, message: "holds no policy" });
    for (const document of nonEmpty) yield* this.#readDocument(file, source.text, document);
  }

  *#readDocument(file: string, text: string, document: TextDocument): Generator<undefined, void> {
    if (document.problems.length > 0) {
      for (const { region, message } of document.problems) {
        this.problems.push({ file, line: region.startLine, column: region.startColumn, path: Path.root, message });
      }
      return;
    }
    const problem = placer(file, text, document);
    for (const { path } of document.duplicates) this.problems.push(problem(path, "is named twice"));
    for (const { value, path: base } of itemsOf(document.value)) {
      yield;
      this.#readObject(file, {
        value,
        problem: (path, message, within) =>
          problem(base === undefined ? path : Path.of(path.keys(), base), message, within),
      });
    }
  }

  #readObject(file: string, { value, problem }: Placed<unknown>): void {
    const placed = <T>(of: T): Placed<T> => ({ value: of, problem });
    const add = (problems: readonly Problem[]): void => {
      this.problems.push(...problems.map(({ path, message, within }) => problem(path, message, within)));
    };
    if (!isObject(value)) {
      this.problems.push(problem(Path.root, "must be a policy: apiVersion, kind, metadata and spec"));
    } else if (isAdmissionDocument(value)) {
      const reading = readAdmissionDocument(value);
      if ("problems" in reading) {
        add(reading.problems);
        this.unread.add(keyOf(String(value["kind"]), valueAt(value, ["metadata", "name"])));
      } else this.#keep(file, placed(reading.value), this.admissionDocuments);
    } else if (isForeign(value)) this.objects.push(placed(value));
    else {
      const reading = readPolicy(value);
      if ("problems" in reading) add(reading.problems);
      else {
        const kept: Placed<ServicePolicy>[] = [];
        this.#keep(file, placed(reading.policy), kept);
        this.teamPolicies.push(...kept.map((policy) => policy.value));
      }
    }
  }

  #keep<T extends ServicePolicy | AdmissionDocument>(file: string, document: Placed<T>, among: Placed<T>[]): void {
    const { kind, metadata } = document.value;
    const key = keyOf(kind, metadata.name);
    const other = this.#files.get(key);
    if (other !== undefined) {
      const what = kind === "ServicePolicy" ? "policy" : kind;
      this.problems.push(
        document.problem(NAME, `there is a ${what} of the name ${JSON.stringify(metadata.name)} already, in ${other}`),
      );
    }
    this.#files.set(key, file);
    among.push(document);
  }
}

/** The objects of a document: those in a list, as `kubectl get -o yaml` prints it, or the document itself. */
function itemsOf(value: unknown): readonly { readonly value: unknown; readonly path?: Path }[] {
  if (!isObject(value) || typeof value["kind"] !== "string" || !value["kind"].endsWith("List")) return [{ value }];
  const { items } = value;
  if (!Array.isArray(items)) return [{ value }];
  return items.map((item: unknown, i) => ({ value: item, path: Path.root.child("items").index(i) }));
}

/** Whether it is an object of some other API: it has a kind and a version, and they are not those of our policies. */
function isForeign({ apiVersion, kind }: JsonObject): boolean {
  const [group] = API_VERSION.split("/");
  return (
    typeof apiVersion === "string" &&
    typeof kind === "string" &&
    apiVersion.split("/")[0] !== group &&
    kind !== "ServicePolicy"
  );
}
