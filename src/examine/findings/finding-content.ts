import { Path, withoutUndefined } from "../../field/index.ts";
import type { ReferenceEntry } from "../../inventory/model/index.ts";
import type { PolicyFinding, SkippedDefault } from "../../policy/model/index.ts";
import type { LocatedFinding, Severity } from "../model/index.ts";
import { describe, type Finding } from "../../service/findings/index.ts";
import { type Code, rangeOptions } from "../../service/messages/index.ts";
import type { KeyPath, Lines, Region, TextDocument, TextProblem, TextRange } from "../../text/document/index.ts";
import type { Identity } from "../before/index.ts";
import { type FixPlan, indentationTexts } from "../edits/index.ts";
import { placeholderOnLine } from "../manifests/index.ts";
import { locationOf, misreadingText, type MisreadScalars, missingText, regionOf } from "../places/index.ts";
import type { CheckRule } from "./rule-texts.ts";
import type { UnexpectedOutcome } from "./unexpected-outcomes.ts";

/** A finding without what its file adds: name and frame. */
export type FindingContent = Omit<LocatedFinding, "file" | "frame">;

/** One Service in a text. */
export interface Subject {
  readonly document: TextDocument;
  readonly lines: Lines;
  /** The location of its manifest in the document: the root, except in a List. */
  readonly keys: KeyPath;
  readonly identity: Identity;
  /** Scalars of the document whose text YAML reads as a value of another type. */
  readonly misreadScalars: MisreadScalars;
  /** What becomes of the findings. */
  readonly plan: FixPlan;
}

/** A finding of the engine, with its location in the text and, where YAML misread the value, with that cause. */
export function engineFinding(severity: Severity, finding: Finding, subject: Subject): FindingContent {
  const { document, lines, identity, misreadScalars, plan } = subject;
  const { code, field, reason, message, fix } = describe(finding);
  const { keys, about } = locationOf(finding, (relative) => [...subject.keys, ...plan.written(relative)]);
  const missing = missingText(finding, plan.corrected);
  const rename = plan.renameOf(finding);
  const refusal = plan.refusalOf(finding);
  const scalar = code === "wrong-type" || code === "unknown-field" ? misreadScalars.at(keys, about) : undefined;
  return {
    severity,
    rule: code,
    region: regionOf(document, lines, keys, about),
    service: identity,
    field,
    message: scalar === undefined ? (missing?.message ?? message) : `${misreadingText(scalar)}: ${message}`,
    // Quotes do not help where YAML has read a text.
    ...withoutUndefined({
      reason,
      fix:
        refusal !== undefined
          ? refusedFix(refusal)
          : scalar === undefined || typeof scalar.value === "string" || !takesText(finding)
            ? (rename?.reason ?? withRangeOptions(missing?.fix ?? fix, code))
            : `quote it: "${scalar.text}"`,
    }),
  };
}

/** What is said in place of a fix whose outcome is refused, too. */
function refusedFix(refusal: Finding): string {
  return `the obvious fix is refused as well: ${describe(refusal).message}`;
}

/** Whether a scalar in quotes would be right here: a key always is a string. */
function takesText({ code, facts }: Finding): boolean {
  return code === "unknown-field" || (facts?.because === undefined && facts?.want?.includes("string") === true);
}

/** The fix, and which options name the ranges if those that were judged by are not the cluster's. */
function withRangeOptions(fix: string | undefined, code: Code): string | undefined {
  const options = rangeOptions(code);
  if (options === undefined) return fix;
  const hint = `if the cluster has other ranges, set them with ${options}`;
  return fix === undefined ? hint : `${fix}; ${hint}`;
}

/** A finding of a policy. */
export function policyFinding(finding: PolicyFinding, subject: Subject): FindingContent {
  const keys = [...subject.keys, ...subject.plan.written(finding.path.keys())];
  const region = regionOf(subject.document, subject.lines, keys, "value");
  return { ...policyContent(finding), region, service: subject.identity };
}

/** A finding of a policy about an object that names a Service. */
export function referenceFinding(
  finding: PolicyFinding,
  { kind, namespace, name }: Pick<ReferenceEntry, "kind" | "namespace" | "name">,
  region: Region,
): FindingContent {
  return { ...policyContent(finding), region, object: { kind, namespace, name } };
}

const SEVERITY_OF_ACTION = { deny: "error", warn: "warning", audit: "note" } as const;

/** A finding of a policy as reports show it, without its place in a text and the object. */
export function policyContent(finding: PolicyFinding): Omit<FindingContent, "region" | "service"> {
  const { suppressed } = finding;
  return {
    severity: SEVERITY_OF_ACTION[finding.action],
    rule: `policy/${finding.rule}`,
    field: finding.path.toString(),
    message: finding.message,
    policy: finding.policy,
    ...withoutUndefined({
      fix: finding.fix,
      suppressed: suppressed && { by: suppressed.by, reason: withExpiry(suppressed) },
    }),
  };
}

function withExpiry({ reason, expires }: NonNullable<PolicyFinding["suppressed"]>): string {
  return expires === undefined ? reason : `${reason} (until ${expires})`;
}

/** A note that a policy's default is not filled in. */
export function skippedDefaultFinding({ policy, path, reason }: SkippedDefault, subject: Subject): FindingContent {
  return {
    severity: "note",
    rule: "policy-default" satisfies CheckRule,
    region: regionOf(subject.document, subject.lines, [...subject.keys, ...path.keys()], "value"),
    service: subject.identity,
    field: path.toString(),
    message: `the policy's default is not filled in: ${reason}`,
    policy,
  };
}

/** A warning that the server refuses an update if the old manifest was applied, and accepts it otherwise. */
export function removalFinding(cause: Finding, subject: Subject): FindingContent {
  const { message, ...rest } = engineFinding("warning", cause, subject);
  return {
    ...rest,
    rule: "removed-if-applied" satisfies CheckRule,
    message: `refused if the old manifest was applied, and accepted if somebody else set the field: ${message}`,
  };
}

/** A finding about what becomes of a manifest without a word of the API server. */
export function unexpectedOutcomeFinding(
  { rule, path, about, message, fix }: UnexpectedOutcome,
  { document, lines, keys, identity }: Subject,
  severity: Severity = "warning",
): FindingContent {
  return {
    severity,
    rule,
    region: regionOf(document, lines, [...keys, ...path.keys()], about),
    service: identity,
    field: path.toString(),
    message,
    fix,
  };
}

/**
 * Warnings about misread scalars that the server accepts silently.
 * @param findings those reported already: their locations are skipped
 */
export function misreadScalarFindings(subject: Subject, findings: readonly Finding[]): FindingContent[] {
  const { document, lines, keys, identity, misreadScalars } = subject;
  const changed = misreadScalars.silentlyChanged(keys);
  if (changed.length === 0) return [];
  const reported = withAncestors(findings);
  return changed
    .filter((scalar) => !reported.has(JSON.stringify(scalar.keys.slice(keys.length))))
    .map((scalar) => ({
      severity: "warning",
      rule: "yaml-word" satisfies CheckRule,
      region: regionOf(document, lines, scalar.keys, scalar.what),
      service: identity,
      field: Path.of(scalar.keys.slice(keys.length)).toString(),
      message: misreadingText(scalar),
      fix: scalar.what === "key" ? `quote it: "${scalar.text}"` : "write the number without the leading zero",
    }));
}

/** The locations of findings and all their ancestors. */
function withAncestors(findings: readonly Finding[]): ReadonlySet<string> {
  const locations = new Set<string>();
  for (const { path } of findings) {
    const keys = path.keys();
    for (let length = keys.length; length >= 0; length--) locations.add(JSON.stringify(keys.slice(0, length)));
  }
  return locations;
}

/** A template that is no manifest. */
export interface Template {
  /** The range of its first action. */
  readonly action: TextRange;
  /** The folder of the chart that it belongs to. */
  readonly chart: string | undefined;
}

/** Why a document cannot be read; for a template, how to render it. */
export function unreadableDocumentFinding(
  problem: TextProblem,
  lines: Lines,
  template: Template | undefined,
): FindingContent {
  if (template === undefined) {
    const { region, message } = problem;
    const fix = placeholderFix(lines, region.startLine);
    return {
      severity: "error",
      rule: "not-yaml" satisfies CheckRule,
      region,
      field: "",
      message,
      ...withoutUndefined({ fix }),
    };
  }
  const { action, chart } = template;
  const what = chart === undefined ? "a template" : `a template of the chart ${chart}`;
  return {
    severity: "error",
    rule: "chart-template" satisfies CheckRule,
    region: lines.region(action),
    field: "",
    message: `this is ${what}, not a manifest: it must be rendered before it can be checked`,
    fix: `render it first: helm template NAME ${chart ?? "CHART"} | fairlead check -`,
  };
}

/** The fix for a value that begins with a placeholder such as `{{ name }}`: to YAML a brace opens an object. */
function placeholderFix(lines: Lines, line: number): string | undefined {
  const placeholder = placeholderOnLine(lines, line);
  if (placeholder !== undefined) return `fill in ${placeholder}`;
  const [text = ""] = lines.slice(line, line);
  return /[:-]\s+\{\{/.test(text) ? "put a value that begins with {{ in quotes" : undefined;
}

/** One finding for all keys that are not indented under the empty objects above them. */
export function indentationFinding(
  severity: Severity,
  findings: readonly [Finding, ...Finding[]],
  subject: Subject,
): FindingContent {
  const { document, lines, identity, keys, plan } = subject;
  const [first] = findings;
  return {
    severity,
    rule: "not-indented" satisfies CheckRule,
    region: regionOf(document, lines, [...keys, ...plan.written(first.path.keys())], "key"),
    service: identity,
    field: first.path.toString(),
    ...indentationTexts(findings, (finding) => plan.parentOf(finding) ?? []),
  };
}
