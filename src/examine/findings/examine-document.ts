import type { Judgement } from "../../engine/index.ts";
import { isObject, type JsonObject, withoutUndefined } from "../../field/index.ts";
import type { KeyPath, Lines, TextDocument, TextRange } from "../../text/document/index.ts";
import { identityOf } from "../before/index.ts";
import { type Edit, kindEdit } from "../edits/index.ts";
import { asSent, type Manifest, manifestsOf, templateAction } from "../manifests/index.ts";
import { claimsOf, type LocatedClaim } from "../claims/index.ts";
import { applyFindings } from "./apply-findings.ts";
import type { Context } from "./context.ts";
import { type DocumentResult, judgedService } from "./examination-result.ts";
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
import { invalidKindFinding } from "./invalid-kind.ts";
import { policyFindingsInSets } from "./judge-in-sets.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { ManifestDuplicates, MisreadScalars, regionOf } from "../places/index.ts";
import { dependsOnUnknownRanges, withoutAssumedFamilies } from "../settings/index.ts";
import { referenceFindings } from "./reference-findings.ts";
import { unexpectedOutcomes } from "./unexpected-outcomes.ts";

/** Makes the result of a finding. */
export type Finish<Found> = (content: FindingContent, edit?: Edit) => Found;

/** Why a document cannot be read. */
export interface Failure<Found> {
  readonly line: number;
  /** Whether it is a template: then the documents after it are broken for the same reason. */
  readonly isTemplate: boolean;
  readonly finding: () => Found;
}

/** One document of a text, and what is found in it: nothing outside of the document changes that. */
export interface ExaminedDocument<Found> {
  /** Why there are no results. */
  readonly failure?: Failure<Found> | undefined;
  /** Examines the document, in the order of its text. */
  readonly results: () => Iterable<Found | DocumentResult>;
}

/** A document of a file, to be examined. */
export function examinedDocument<Found>(
  document: TextDocument,
  lines: Lines,
  file: string,
  context: Context,
  finish: Finish<Found>,
): ExaminedDocument<Found> {
  const [problem] = document.problems;
  if (problem === undefined) return { results: () => resultsOf(document, lines, { file, finish, context }) };
  const template = templateIn(document, lines);
  return {
    failure: {
      line: problem.region.startLine,
      isTemplate: template !== undefined,
      finding: () =>
        finish(
          unreadableDocumentFinding(problem, lines, template && { action: template, chart: context.chartOf?.(file) }),
        ),
    },
    results: () => [],
  };
}

function* resultsOf<Found>(
  document: TextDocument,
  lines: Lines,
  { file, finish, context }: Pick<DocumentRun<Found>, "file" | "finish" | "context">,
): Generator<Found | DocumentResult> {
  const { assumeService } = context.settings;
  const misreadScalars = new MisreadScalars(document.misleadingScalars);
  const duplicates = new ManifestDuplicates(document, assumeService);
  const run = { file, finish, context, misreadScalars, duplicates };
  for (const manifest of manifestsOf(document, assumeService)) {
    yield* examineManifest(manifest, document, lines, run);
  }
}

interface DocumentRun<Found> {
  readonly file: string;
  readonly finish: Finish<Found>;
  readonly context: Context;
  readonly misreadScalars: MisreadScalars;
  readonly duplicates: ManifestDuplicates;
}

/**
 * What fails a POST, but not the usual commands: kubectl and Helm clear a resource version before
 * they create an object.
 */
const ADVICE: ReadonlySet<string> = new Set(["resource-version-on-create"]);

function* examineManifest<Found>(
  manifest: Manifest,
  document: TextDocument,
  lines: Lines,
  run: DocumentRun<Found>,
): Generator<Found | DocumentResult> {
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
    keys: subject.keys,
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
function* aboutReferences<Found>(
  { value, keys }: Extract<Manifest, { type: "other" }>,
  document: TextDocument,
  lines: Lines,
  { context, finish }: DocumentRun<Found>,
): Generator<Found | DocumentResult> {
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
function* findingsOf<Found>(
  { value, keys }: { readonly value: unknown; readonly keys: KeyPath },
  document: TextDocument,
  lines: Lines,
  run: DocumentRun<Found>,
): Generator<Found, JudgedManifest> {
  const { settings, old } = run.context;
  const identity = identityOf(value, settings.namespace);
  const duplicates = run.duplicates.of(keys);
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
