import { Path, valueAt } from "../../field/index.ts";
import type { PolicyFinding, SkippedDefault } from "../../policy/model/index.ts";
import type { CheckFinding, Severity } from "../../reports/model/index.ts";
import { describe, type Finding } from "../../service/findings/index.ts";
import { type Code, rangeOptions } from "../../service/messages/index.ts";
import type { KeyPath, Lines, TextDocument, TextProblem, TextRange } from "../../text/document/index.ts";
import type { Identity } from "../against/index.ts";
import type { KeyRenames } from "../edits/index.ts";
import { chartOf, type Manifest, placeholderIn } from "../inputs/index.ts";
import { locationOf, missingText, regionOf } from "../places/index.ts";
import { misreadingText, type MisreadScalars } from "./misread-scalars.ts";
import type { CheckRule } from "./rule-texts.ts";
import type { UnexpectedOutcome } from "./unexpected-outcomes.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** A finding without what its file adds: name, frame and fingerprint. */
export type FindingContent = Omit<CheckFinding, "file" | "frame" | "fingerprint">;

/** One Service in a text. */
export interface Subject {
  readonly document: TextDocument;
  readonly lines: Lines;
  /** The location of its manifest in the document: the root, except in a List. */
  readonly keys: KeyPath;
  readonly identity: Identity;
  /** Scalars of the document whose text YAML reads as a value of another type. */
  readonly misreadScalars: MisreadScalars;
}

/** A finding of the engine, with its location in the text and, where YAML misread the value, with that cause. */
export function engineFinding(
  severity: Severity,
  finding: Finding,
  subject: Subject & { readonly renames: KeyRenames },
): FindingContent {
  const { document, lines, identity, misreadScalars } = subject;
  const { code, field, reason, message, fix } = describe(finding);
  const { keys, about } = locationOf(finding, subject.keys);
  const missing = missingText(finding, valueAt(document.value, subject.keys));
  const rename = subject.renames.of(finding);
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
        scalar === undefined || typeof scalar.value === "string" || !takesText(finding)
          ? (rename?.reason ?? withRangeOptions(missing?.fix ?? fix, code))
          : `quote it: "${scalar.text}"`,
    }),
  };
}

/** Whether a scalar in quotes would be right here: a key always is a string. */
function takesText({ code, facts }: Finding): boolean {
  return code === "unknown-field" || (facts?.because === undefined && facts?.want?.includes("string") === true);
}

/** The fix, and which options name the ranges if those that were judged by are not the cluster's. */
function withRangeOptions(fix: string | undefined, code: Code): string | undefined {
  const options = rangeOptions(code);
  if (options === undefined) return fix;
  const hint = `if the cluster has other ranges, name them with ${options}`;
  return fix === undefined ? hint : `${fix}; ${hint}`;
}

/** A finding of a policy. */
export function policyFinding(finding: PolicyFinding, subject: Subject): FindingContent {
  const { suppressed } = finding;
  return {
    severity: SEVERITY_OF_ACTION[finding.action],
    rule: `policy/${finding.rule}`,
    region: regionOf(subject.document, subject.lines, [...subject.keys, ...finding.path.keys()], "value"),
    service: subject.identity,
    field: finding.path.toString(),
    message: finding.message,
    policy: finding.policy,
    ...withoutUndefined({
      fix: finding.fix,
      suppressed: suppressed && { by: suppressed.by, reason: withExpiry(suppressed) },
    }),
  };
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
export function removalFinding(cause: Finding, subject: Subject & { readonly renames: KeyRenames }): FindingContent {
  const { message, ...rest } = engineFinding("warning", cause, subject);
  return {
    ...rest,
    rule: "removed-if-applied" satisfies CheckRule,
    message: `refused if the old manifest was applied, and accepted if somebody else set the field: ${message}`,
  };
}

/** A warning about what the API server does without a word. */
export function unexpectedOutcomeFinding(
  { rule, keys, message, fix }: UnexpectedOutcome,
  { document, lines, keys: manifest, identity }: Subject,
): FindingContent {
  return {
    severity: "warning",
    rule,
    region: regionOf(document, lines, [...manifest, ...keys], "key"),
    service: identity,
    field: Path.of(keys).toString(),
    message,
    fix,
  };
}

const SEVERITY_OF_ACTION = { deny: "error", warn: "warning", audit: "note" } as const;

function withExpiry({ reason, expires }: NonNullable<PolicyFinding["suppressed"]>): string {
  return expires === undefined ? reason : `${reason} (until ${expires})`;
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

/** Why a document cannot be read; for a template, how to render it. @param action the text's first template action */
export function unreadableDocumentFinding(
  problem: TextProblem,
  lines: Lines,
  file: string,
  action: TextRange | undefined,
): FindingContent {
  if (action === undefined) {
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
  const chart = chartOf(file);
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
  const [text = ""] = lines.slice(line, line);
  const placeholder = placeholderIn(text);
  if (placeholder !== undefined) return `fill in ${placeholder}`;
  return /[:-]\s+\{\{/.test(text) ? "put a value that begins with {{ in quotes" : undefined;
}

type InvalidKind = Exclude<Manifest, { type: "service" | "other" | "none" | "template" }>;

/** The finding for a manifest whose kind kubectl does not know. */
export function invalidKindFinding(manifest: InvalidKind, document: TextDocument, lines: Lines): FindingContent {
  const { field, near, about, message, fix } = kindProblem(manifest);
  return {
    severity: "error",
    rule: manifest.type satisfies CheckRule,
    region: regionOf(document, lines, [...manifest.keys, near], about),
    field,
    message,
    fix,
  };
}

interface KindProblem {
  readonly field: string;
  /** The existing key that the finding points at. */
  readonly near: string | number;
  readonly about: "key" | "value";
  readonly message: string;
  readonly fix: string;
}

function kindProblem(manifest: InvalidKind): KindProblem {
  if (manifest.type === "bare-list") {
    const message = "this is a list of manifests without a kind, which kubectl refuses";
    const fix = "write kind: List with the manifests under items, or a document for each";
    return { field: "", near: 0, about: "value", message, fix };
  }
  if (manifest.type !== "kind-unknown" && manifest.written !== undefined) {
    const field = manifest.type === "kind-missing" ? "kind" : "apiVersion";
    const message = `${JSON.stringify(manifest.written)} is not a field of a manifest: did you mean ${field}?`;
    return { field, near: manifest.written, about: "key", message, fix: `rename it to ${field}` };
  }
  switch (manifest.type) {
    case "kind-missing": {
      const message = "this manifest has no kind: kubectl refuses it";
      return { field: "kind", near: "apiVersion", about: "key", message, fix: "add the kind" };
    }
    case "version-missing": {
      const message = "this Service has no apiVersion: kubectl refuses it";
      return { field: "apiVersion", near: "kind", about: "key", message, fix: "add apiVersion: v1" };
    }
    case "kind-unknown": {
      const message = `there is no kind ${JSON.stringify(manifest.kind)} in v1; did you mean Service?`;
      return { field: "kind", near: "kind", about: "value", message, fix: "write kind: Service" };
    }
  }
}
