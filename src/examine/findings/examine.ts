import type { Judgement } from "../../engine/index.ts";
import { isObject, type JsonObject, Path, withoutUndefined } from "../../field/index.ts";
import { type Duplicate, type KeyPath, Lines, type TextDocument, type TextRange } from "../../text/document/index.ts";
import { streamText } from "../../text/index.ts";
import { identityOf } from "../before/index.ts";
import { type Edit, kindEdit } from "../edits/index.ts";
import { asSent, type Manifest, manifestsOf, templateAction } from "../manifests/index.ts";
import { claimsOf, type LocatedClaim } from "./claims.ts";
import { applyFindings } from "./apply-findings.ts";
import type { Context } from "./context.ts";
import { type ExaminationResult, judgedService } from "./examination-result.ts";
import {
  engineFinding,
  indentationFinding,
  type FindingContent,
  misreadScalarFindings,
  policyFinding,
  referenceFinding,
  removalFinding,
  skippedDefaultFinding,
  type Subject,
  unexpectedOutcomeFinding,
  unreadableDocumentFinding,
} from "./finding-content.ts";
import { foundFile, type PassOver } from "./found-file.ts";
import { FindingLimit } from "./finding-limit.ts";
import { invalidKindFinding } from "./invalid-kind.ts";
import { policyFindingsInSets } from "./judge-in-sets.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { frameOf, ManifestIndex, MisreadScalars, regionOf } from "../places/index.ts";
import { dependsOnUnknownRanges, withoutAssumedFamilies } from "../settings/index.ts";
import { referenceFindings } from "./reference-findings.ts";
import { unexpectedOutcomes } from "./unexpected-outcomes.ts";

/**
 * Judges every Service of a text, and yields the results in the order of the text.
 * @param file the file's name as the user gave it
 * @param isNamed whether the user named the file: of one that was found, nothing is reported if it is no manifest
 */
export function* examine(text: string, file: string, context: Context, isNamed = true): Generator<ExaminationResult> {
  const lines = new Lines(text);
  const limit = new FindingLimit();
  const finish = finisher(file, lines, limit);
  if (isNamed) yield* examineText(lines, file, context, finish);
  else
    yield* foundFile(lines, file, context.settings, (passOver) =>
      examineText(lines, file, { ...context, isNamed: false }, finish, (line, isTemplate) =>
        limit.isReached ? undefined : passOver(line, isTemplate),
      ),
    );
  const rest = limit.overflowFinding();
  if (rest !== undefined) yield finisher(file, lines)(rest);
}

function* examineText(
  lines: Lines,
  file: string,
  context: Context,
  finish: Finish,
  passOver?: PassOver,
): Generator<ExaminationResult> {
  const { assumeService } = context.settings;
  for (const document of documentsOf(lines, file, assumeService)) {
    const [problem] = document.problems;
    if (problem !== undefined) {
      const template = templateIn(document, lines);
      const reason = passOver?.(problem.region.startLine, template !== undefined);
      if (reason !== undefined) {
        yield { type: "skipped", reason };
        return;
      }
      yield finish(
        unreadableDocumentFinding(problem, lines, template && { action: template, chart: context.chartOf?.(file) }),
      );
      yield { type: "unusable" };
      // In a template, the documents after the first broken one are broken for the same reason.
      if (template !== undefined) return;
      continue;
    }
    const misreadScalars = new MisreadScalars(document.misleadingScalars);
    // kubectl resolves merge keys before it sends anything; the endpoint refuses a merged key that is overridden.
    const repeated = document.duplicates.filter(({ isMerged }) => isMerged !== true || assumeService);
    const duplicates = new ManifestIndex(repeated, ({ path }) => path.keys());
    const run = { file, finish, context, misreadScalars, duplicates };
    for (const manifest of manifestsOf(document, assumeService)) {
      yield* examineManifest(manifest, document, lines, run);
    }
  }
}

/**
 * The documents of a text. Whether they are YAML or JSON the text decides, as in kubectl. The API server's endpoint for
 * Services is told by the content type instead, for which the name of the file stands.
 */
function* documentsOf(lines: Lines, file: string, assumeService: boolean): Generator<TextDocument> {
  const bodyFormat = file.endsWith(".json") ? "json" : "yaml";
  let isEmpty = true;
  for (const document of streamText(lines, { format: assumeService ? bodyFormat : "auto" })) {
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
 * Completes findings with file and frame.
 * @param limit the limit on reported findings; by default there is none
 */
function finisher(file: string, lines: Lines, limit?: FindingLimit): Finish {
  return (content, edit) => {
    if (limit?.isExceededBy(content) === true) return { type: "over-limit", ...withoutUndefined({ edit }) };
    const finding = { ...content, file, frame: frameOf(content.region, lines) };
    return { type: "finding", finding, ...withoutUndefined({ edit }) };
  };
}

/**
 * What fails a POST, but not the usual commands: kubectl and Helm clear a resource version before
 * they create an object.
 */
const ADVICE: ReadonlySet<string> = new Set(["resource-version-on-create"]);

function* examineManifest(
  manifest: Manifest,
  document: TextDocument,
  lines: Lines,
  run: DocumentRun,
): Generator<ExaminationResult> {
  if (manifest.type !== "service") {
    if (manifest.type === "other" && run.context.inventory !== undefined)
      yield* aboutReferences(manifest, document, lines, run);
    if (manifest.type === "other" || manifest.type === "none") {
      yield { type: manifest.type };
      return;
    }
    if (manifest.type === "template") {
      yield run.context.isNamed === false ? { type: "skipped", reason: "template" } : { type: "other" };
      return;
    }
    yield run.finish(invalidKindFinding(manifest, document, lines), kindEdit(manifest, document, lines.text));
    // What is wrong with the Service that it is meant as, too.
    if (manifest.type === "kind-unknown") yield* findingsOf(manifest, document, lines, run);
    yield { type: "other" };
    return;
  }
  if (run.context.isNamed === false && isPatch(manifest.value)) {
    yield { type: "skipped", reason: "patch" };
    return;
  }
  const value = asSent(manifest.value, document, run.context.settings.assumeService);
  const { subject, judgement, isNew, previous } = yield* findingsOf({ ...manifest, value }, document, lines, run);
  yield {
    type: "service",
    identity: subject.identity,
    claims: locatedClaims(subject.plan.corrected, subject, judgement, run.context.settings.dryRun),
    dependsOnUnknownRanges: dependsOnUnknownRanges(value, run.context.settings),
    isNew,
    ...withoutUndefined({
      judged: run.context.wantsServices
        ? judgedService(value, subject, withoutAssumedFamilies(judgement, value, run.context.settings), {
            file: run.file,
            ...previous,
          })
        : undefined,
    }),
  };
}

/** Yields the findings about the Services that an object of another kind names. */
function* aboutReferences(
  { value, keys }: Extract<Manifest, { type: "other" }>,
  document: TextDocument,
  lines: Lines,
  { context, finish }: DocumentRun,
): Generator<ExaminationResult> {
  for (const { reference, finding } of referenceFindings(value, context)) {
    const region = regionOf(document, lines, [...keys, ...finding.path.keys()], "value");
    yield finish(referenceFinding(finding, reference, region));
  }
}

interface JudgedManifest {
  readonly subject: Subject;
  readonly judgement: Judgement;
  /** Whether there is a previous state (`--against`) without the Service. */
  readonly isNew: boolean;
  /** The Service as it was stored before, and whether the manifest is applied to it. */
  readonly previous: { readonly old: JsonObject | undefined; readonly isApplied: boolean };
}

/** Yields the findings about a Service, and returns its judgement. */
function* findingsOf(
  { value, keys }: { readonly value: unknown; readonly keys: KeyPath },
  document: TextDocument,
  lines: Lines,
  run: DocumentRun,
): Generator<ExaminationResult, JudgedManifest> {
  const { settings, old } = run.context;
  const identity = identityOf(value, settings.namespace);
  const duplicates = run.duplicates
    .itemsIn(keys)
    .map(({ path, ...rest }) => ({ ...rest, path: Path.of(path.keys().slice(keys.length)) }));
  const located = { value, document, lines, keys, duplicates };
  const { judgement, plan, before, update, ifRemoved } = judgeManifest(located, identity, run.context);
  const subject = { document, lines, keys, identity, misreadScalars: run.misreadScalars, plan };
  for (const [severity, findings] of [
    ["error", judgement.causes],
    ["warning", judgement.warnings],
  ] as const) {
    const [first, ...others] = findings.filter((finding) => plan.parentOf(finding) !== undefined);
    if (first !== undefined) yield run.finish(indentationFinding(severity, [first, ...others], subject));
    for (const finding of findings) {
      if (plan.parentOf(finding) !== undefined) continue;
      const edit = run.context.wantsEdits === true ? plan.editOf(finding) : undefined;
      const isAdvice = ADVICE.has(finding.code);
      yield run.finish(engineFinding(isAdvice ? "warning" : severity, finding, subject), edit);
    }
  }
  for (const content of misreadScalarFindings(subject, [...judgement.causes, ...judgement.warnings]))
    yield run.finish(content);
  if (ifRemoved !== undefined) yield run.finish(removalFinding(ifRemoved, subject));
  for (const found of applyFindings({ manifest: value, identity, mode: settings.apply, old, before, update })) {
    yield run.finish(unexpectedOutcomeFinding(found, subject, found.severity));
  }
  if (judgement.stored !== undefined) {
    const { stored, policy } = judgement;
    const accepted = { manifest: value, stored, old: before?.object, policyFindings: policy.findings };
    for (const outcome of unexpectedOutcomes(accepted)) yield run.finish(unexpectedOutcomeFinding(outcome, subject));
  }
  const policyFindings = policyFindingsInSets(plan.corrected, before, judgement.policy.findings, run.context);
  for (const finding of policyFindings) yield run.finish(policyFinding(finding, subject));
  for (const skipped of judgement.policy.skipped) yield run.finish(skippedDefaultFinding(skipped, subject));
  return {
    subject,
    judgement,
    isNew: old !== undefined && old.size > 0 && before === undefined,
    previous: { old: before?.object, isApplied: update?.refusal === undefined },
  };
}

/** Whether a strategic merge patch says of itself that it is one. */
function isPatch(manifest: unknown): boolean {
  return isObject(manifest) && Object.hasOwn(manifest, "$patch");
}

/** The first template action (`{{ ... }}`) of a document; those of others do not make it a template. */
function templateIn({ range }: TextDocument, { text }: Lines): TextRange | undefined {
  const action = templateAction(text.slice(range.start, range.end));
  return action && { start: range.start + action.start, end: range.start + action.end };
}

function locatedClaims(
  value: unknown,
  { document, lines, keys, plan }: Subject,
  { defaulted }: Judgement,
  isDryRun: boolean,
): LocatedClaim[] {
  if (defaulted === undefined) return [];
  return claimsOf(value, defaulted, isDryRun).map(({ keys: relative, ...claim }) => ({
    ...claim,
    region: regionOf(document, lines, [...keys, ...plan.written(relative)], "value"),
  }));
}
