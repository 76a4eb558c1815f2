import type { Judgement } from "../../engine/index.ts";
import { isObject, Path } from "../../field/index.ts";
import { type Duplicate, Lines, type TextDocument, type TextRange } from "../../text/document/index.ts";
import { streamText } from "../../text/index.ts";
import { identityOf } from "../against/index.ts";
import { type Edit, editFor, KeyRenames, kindEdit } from "../edits/index.ts";
import { looksLikeManifest, type Manifest, manifestsOf, templateAction } from "../inputs/index.ts";
import { isKustomization } from "../layout/index.ts";
import { claimsOf, type LocatedClaim } from "./claims.ts";
import { applyFindings } from "./apply-findings.ts";
import type { Context } from "./context.ts";
import { type ExaminationResult, judgedService } from "./examination-result.ts";
import {
  engineFinding,
  type FindingContent,
  invalidKindFinding,
  misreadScalarFindings,
  policyFinding,
  removalFinding,
  skippedDefaultFinding,
  type Subject,
  unexpectedOutcomeFinding,
  unreadableDocumentFinding,
} from "./finding-content.ts";
import { FindingLimit } from "./finding-limit.ts";
import { Fingerprints } from "./fingerprint.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { frameOf, ManifestIndex, regionOf } from "../places/index.ts";
import { MisreadScalars } from "./misread-scalars.ts";
import { dependsOnServiceCIDRs } from "./range-dependence.ts";
import { unexpectedOutcomes } from "./unexpected-outcomes.ts";
import type { CheckRule } from "./rule-texts.ts";
import { withoutUndefined } from "./without-undefined.ts";

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
  else yield* examineFoundText(lines, file, context, finish);
  const rest = limit.overflowFinding();
  if (rest !== undefined) yield finisher(file, lines)(rest);
}

/**
 * Examines a file that was found in a folder. What is no manifest is `skipped`, with the reason; with `--strict-files`, one
 * that cannot be read is reported like a named one.
 */
function* examineFoundText(lines: Lines, file: string, context: Context, finish: Finish): Generator<ExaminationResult> {
  const { strictFiles } = context.settings;
  let holdsManifest = isKustomization(file);
  for (const result of examineText(lines, file, { ...context, isNamed: false }, finish)) {
    const rule = result.type === "finding" && !strictFiles ? result.finding.rule : undefined;
    if (rule === TEMPLATE) {
      yield { type: "skipped", reason: "template" };
      return;
    }
    if (rule === UNREADABLE && !holdsManifest && !looksLikeManifest(lines.text)) break;
    if (result.type !== "none") holdsManifest = true;
    yield result;
  }
  if (!holdsManifest) yield { type: "skipped", reason: "no-manifest" };
}

const TEMPLATE = "chart-template" satisfies CheckRule;
const UNREADABLE = "not-yaml" satisfies CheckRule;

function* examineText(lines: Lines, file: string, context: Context, finish: Finish): Generator<ExaminationResult> {
  const { assumeService } = context.settings;
  for (const document of documentsOf(lines, file, assumeService)) {
    const [problem] = document.problems;
    if (problem !== undefined) {
      const template = templateIn(document, lines);
      yield finish(unreadableDocumentFinding(problem, lines, file, template));
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

/**
 * What fails a POST and a server-side apply, but not the usual commands: kubectl and Helm clear a resource version before
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
    if (manifest.type === "other" || manifest.type === "none") {
      yield manifest;
      return;
    }
    yield run.finish(invalidKindFinding(manifest, document, lines), kindEdit(manifest, document, lines.text));
    yield { type: "other" };
    return;
  }
  if (run.context.isNamed === false && isPatch(manifest.value)) {
    yield { type: "skipped", reason: "patch" };
    return;
  }
  const { value, keys } = manifest;
  const { settings, old } = run.context;
  const identity = identityOf(value, settings.namespace);
  const subject = { document, lines, keys, identity, misreadScalars: run.misreadScalars };
  const duplicates = run.duplicates
    .itemsIn(keys)
    .map(({ path, ...rest }) => ({ ...rest, path: Path.of(path.keys().slice(keys.length)) }));
  const { judgement, before, update, ifRemoved } = judgeManifest(value, identity, run.context, duplicates);
  const renames = new KeyRenames(value, [...judgement.causes, ...judgement.warnings], duplicates);
  const named = { ...subject, renames };
  for (const [severity, findings] of [
    ["error", judgement.causes],
    ["warning", judgement.warnings],
  ] as const) {
    for (const finding of findings) {
      const edit = run.context.wantsEdits === true ? editFor(finding, named) : undefined;
      const isAdvice = ADVICE.has(finding.code) && settings.apply !== "server-side";
      const level = isAdvice ? "warning" : severity;
      yield run.finish(engineFinding(level, finding, named), edit);
    }
  }
  for (const content of misreadScalarFindings(subject, [...judgement.causes, ...judgement.warnings]))
    yield run.finish(content);
  if (ifRemoved !== undefined) yield run.finish(removalFinding(ifRemoved, named));
  for (const found of applyFindings({ manifest: value, identity, mode: settings.apply, old, before, update })) {
    yield run.finish(unexpectedOutcomeFinding(found, subject, found.severity));
  }
  if (judgement.stored !== undefined) {
    const accepted = { manifest: value, stored: judgement.stored, old: before?.object };
    for (const outcome of unexpectedOutcomes(accepted)) yield run.finish(unexpectedOutcomeFinding(outcome, subject));
  }
  for (const finding of judgement.policy.findings) yield run.finish(policyFinding(finding, subject));
  for (const skipped of judgement.policy.skipped) yield run.finish(skippedDefaultFinding(skipped, subject));
  yield {
    type: "service",
    identity,
    claims: locatedClaims(value, subject, judgement, settings.dryRun),
    dependsOnUnknownRanges: dependsOnUnknownRanges(value, run.context),
    isNew: old !== undefined && old.size > 0 && before === undefined,
    ...withoutUndefined({
      judged: run.context.wantsServices
        ? judgedService(value, subject, judgement, {
            file: run.file,
            old: before?.object,
            isApplied: update?.refusal === undefined,
          })
        : undefined,
    }),
  };
}

function dependsOnUnknownRanges(manifest: unknown, { settings: { cluster } }: Context): boolean {
  return cluster.areRangesUnknown === true && dependsOnServiceCIDRs(manifest);
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
  { document, lines, keys }: Subject,
  { defaulted }: Judgement,
  isDryRun: boolean,
): LocatedClaim[] {
  if (defaulted === undefined) return [];
  return claimsOf(value, defaulted, isDryRun).map(({ keys: relative, ...claim }) => ({
    ...claim,
    region: regionOf(document, lines, [...keys, ...relative], "value"),
  }));
}
