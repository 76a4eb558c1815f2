import { judge, type Judgement } from "../../engine/index.ts";
import { Path } from "../../field/index.ts";
import { type Duplicate, Lines, type TextDocument } from "../../text/document/index.ts";
import { streamText } from "../../text/index.ts";
import { identityOf, oldServiceOf, updateOf } from "../against/index.ts";
import { type Edit, editFor, KeyRenames, kindEdit } from "../edits/index.ts";
import { type Manifest, manifestsOf, templateAction } from "../inputs/index.ts";
import { claimsOf, type LocatedClaim } from "./claims.ts";
import type { Context } from "./context.ts";
import type { ExaminationResult, JudgedService } from "./examination-result.ts";
import {
  engineFinding,
  type FindingContent,
  invalidKindFinding,
  misreadScalarFindings,
  policyFinding,
  skippedDefaultFinding,
  type Subject,
  unreadableDocumentFinding,
} from "./finding-content.ts";
import { FindingLimit } from "./finding-limit.ts";
import { regionOf } from "./finding-region.ts";
import { Fingerprints } from "./fingerprint.ts";
import { frameOf } from "./frame.ts";
import { ManifestIndex } from "./manifest-index.ts";
import { MisreadScalars } from "./misread-scalars.ts";
import { withoutUndefined } from "./without-undefined.ts";

/**
 * Judges every Service of a text, and yields the results in the order of the text.
 * @param file the file's name as the user gave it
 */
export function* examine(text: string, file: string, context: Context): Generator<ExaminationResult> {
  const lines = new Lines(text);
  const limit = new FindingLimit();
  yield* examineText(lines, file, context, finisher(file, lines, limit));
  const rest = limit.overflowFinding();
  if (rest !== undefined) yield finisher(file, lines)(rest);
}

function* examineText(lines: Lines, file: string, context: Context, finish: Finish): Generator<ExaminationResult> {
  const { text } = lines;
  const template = once(() => templateAction(text));
  for (const document of documentsOf(lines, file, context.settings.assumeService)) {
    const [problem] = document.problems;
    if (problem !== undefined) {
      yield finish(unreadableDocumentFinding(problem, lines, file, template()));
      yield { type: "unusable" };
      // In a template, the documents after the first broken one are broken for the same reason.
      if (template() !== undefined) return;
      continue;
    }
    const misreadScalars = new MisreadScalars(document.misleadingScalars);
    const duplicates = new ManifestIndex(document.duplicates, ({ path }) => path.keys());
    const run = { file, finish, context, misreadScalars, duplicates };
    for (const manifest of manifestsOf(document, context.settings.assumeService)) {
      yield* examineManifest(manifest, document, lines, run);
    }
  }
}

/** The documents of a text: JSON for a file named `.json`; for all others the text decides, as in kubectl. */
function* documentsOf(lines: Lines, file: string, assumeService: boolean): Generator<TextDocument> {
  let isEmpty = true;
  for (const document of streamText(lines, { format: file.endsWith(".json") ? "json" : "auto" })) {
    isEmpty = false;
    yield document;
  }
  // The API server's endpoint for Services takes an empty body for an empty Service.
  if (isEmpty && assumeService) yield* streamText(new Lines("{}"), { format: "json" });
}

interface DocumentRun {
  readonly file: string;
  readonly finish: Finish;
  readonly context: Context;
  readonly misreadScalars: MisreadScalars;
  readonly duplicates: ManifestIndex<Duplicate>;
}

type Finish = (content: FindingContent, edit?: Edit) => ExaminationResult;

/**
 * Completes findings with file, frame and fingerprint.
 * @param limit the limit on reported findings; by default there is none
 */
function finisher(file: string, lines: Lines, limit?: FindingLimit): Finish {
  const fingerprints = new Fingerprints();
  return (content, edit) => {
    if (limit?.isExceededBy(content) === true) return { type: "over-limit", ...withoutUndefined({ edit }) };
    const fingerprint = fingerprints.next({ ...content, file });
    const finding = { ...content, file, fingerprint, frame: frameOf(content.region, lines) };
    return { type: "finding", finding, ...withoutUndefined({ edit }) };
  };
}

/** What fails a POST, but not the usual commands: kubectl and Helm clear a resource version before they create an object. */
const ADVICE: ReadonlySet<string> = new Set(["resource-version-on-create"]);

function* examineManifest(
  manifest: Manifest,
  document: TextDocument,
  lines: Lines,
  run: DocumentRun,
): Generator<ExaminationResult> {
  if (manifest.type !== "service") {
    if (manifest.type !== "other") {
      yield run.finish(invalidKindFinding(manifest, document, lines), kindEdit(manifest, document, lines.text));
    }
    yield { type: "other" };
    return;
  }
  const { value, keys } = manifest;
  const identity = identityOf(value, run.context.settings.namespace);
  const subject = { document, lines, keys, identity, misreadScalars: run.misreadScalars };
  const duplicates = run.duplicates
    .itemsIn(keys)
    .map(({ path, ...rest }) => ({ ...rest, path: Path.of(path.keys().slice(keys.length)) }));
  const judgement = judgeManifest(value, subject, run, duplicates);
  const renames = new KeyRenames(value, [...judgement.causes, ...judgement.warnings], duplicates);
  const named = { ...subject, renames };
  for (const [severity, findings] of [
    ["error", judgement.causes],
    ["warning", judgement.warnings],
  ] as const) {
    for (const finding of findings) {
      const edit = run.context.wantsEdits === true ? editFor(finding, named) : undefined;
      const level = ADVICE.has(finding.code) ? "warning" : severity;
      yield run.finish(engineFinding(level, finding, named), edit);
    }
  }
  for (const content of misreadScalarFindings(subject, [...judgement.causes, ...judgement.warnings]))
    yield run.finish(content);
  for (const finding of judgement.policy.findings) yield run.finish(policyFinding(finding, subject));
  for (const skipped of judgement.policy.skipped) yield run.finish(skippedDefaultFinding(skipped, subject));
  yield {
    type: "service",
    identity,
    claims: locatedClaims(value, subject, judgement),
    ...withoutUndefined({
      judged: run.context.wantsServices ? judgedService(value, subject, judgement, run.file) : undefined,
    }),
  };
}

function judgeManifest(
  object: unknown,
  { identity }: Subject,
  { context }: DocumentRun,
  duplicates: readonly Duplicate[],
): Judgement {
  const { settings, policies, old } = context;
  const { namespace } = identity;
  const before = old && oldServiceOf(old, identity);
  return judge({
    operation: before === undefined ? "create" : "update",
    object,
    ...(before && updateOf(before, object, settings)),
    dryRun: settings.dryRun,
    fieldValidation: settings.fieldValidation,
    duplicates,
    cluster: settings.cluster,
    version: settings.version,
    ipFamilyPolicy: "server",
    policies,
    facts: {
      namespace,
      today: settings.today,
      origin: "manifest",
      ...withoutUndefined({ namespaceLabels: labelsOf(namespace, settings) }),
    },
  });
}

function labelsOf(namespace: string, { namespaceLabels }: Context["settings"]) {
  return Object.hasOwn(namespaceLabels, namespace) ? namespaceLabels[namespace] : undefined;
}

/** Memoizes a function without parameters. */
function once<Value>(compute: () => Value): () => Value {
  let result: { readonly value: Value } | undefined;
  return () => (result ??= { value: compute() }).value;
}

function locatedClaims(value: unknown, { document, lines, keys }: Subject, { defaulted }: Judgement): LocatedClaim[] {
  if (defaulted === undefined) return [];
  return claimsOf(value, defaulted).map(({ keys: relative, ...claim }) => ({
    ...claim,
    region: regionOf(document, lines, [...keys, ...relative], "value"),
  }));
}

function judgedService(manifest: unknown, subject: Subject, judgement: Judgement, file: string): JudgedService {
  const { document, lines, keys, identity } = subject;
  const range = document.rangeOf(keys, "value") ?? document.range;
  const { stored, admitted, allocated } = judgement;
  return {
    file,
    region: lines.region(range),
    ...identity,
    text: lines.text.slice(range.start, range.end),
    allocated,
    manifest,
    ...withoutUndefined({ stored, admitted }),
  };
}
