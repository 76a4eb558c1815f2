import type { PolicyFinding, SkippedDefault } from "../policy/types.ts";
import type { Finding } from "../service/finding.ts";
import { describe } from "../service/rules.ts";
import { pathOf } from "../text/index.ts";
import type { Keys, Lines, TextDocument, TextProblem, TextRange } from "../text/index.ts";
import { isAboutKey } from "./edits.ts";
import type { Identity } from "./identity.ts";
import type { Manifest } from "./manifests.ts";
import type { Renames } from "./renames.ts";
import { optional } from "./optional.ts";
import { placeOf } from "./place.ts";
import type { CheckRule } from "./rule-texts.ts";
import { chartOf } from "./templates.ts";
import type { CheckFinding, Severity } from "./types.ts";
import { explain, type Words } from "./words.ts";

/** A finding but for what its file adds: name, frame, fingerprint. */
export type Draft = Omit<CheckFinding, "file" | "frame" | "fingerprint">;

/** One Service in a text. */
export interface Subject {
  readonly document: TextDocument;
  readonly lines: Lines;
  /** Where its manifest stands in the document: nowhere but in a List is this anything but the root. */
  readonly keys: Keys;
  readonly identity: Identity;
  /** The document's words that YAML has turned into something else. */
  readonly words: Words;
}

/** What the engine has found, where it stands in the text, and what YAML has to do with it. */
export function engineDraft(
  severity: Severity,
  finding: Finding,
  subject: Subject & { readonly renames: Renames },
): Draft {
  const { document, lines, identity, words } = subject;
  const { code, field, reason, message, fix } = describe(finding);
  const keys = [...subject.keys, ...finding.path.keys()];
  const about = isAboutKey(finding) ? "key" : "value";
  const rename = subject.renames.of(finding);
  const word = code === "wrong-type" || code === "unknown-field" ? words.at(keys, about) : undefined;
  return {
    severity,
    rule: code,
    region: placeOf(document, lines, keys, about),
    service: identity,
    field,
    message: word === undefined ? message : `${explain(word)}: ${message}`,
    // A word that became text already is of no use in quotes.
    ...optional({
      reason,
      fix: word === undefined || typeof word.value === "string" ? (rename?.because ?? fix) : `quote it: "${word.text}"`,
    }),
  };
}

/** What a policy has found. */
export function policyDraft(finding: PolicyFinding, subject: Subject): Draft {
  const { suppressed } = finding;
  return {
    severity: SEVERITY_OF_ACTION[finding.action],
    rule: `policy/${finding.rule}`,
    region: placeOf(subject.document, subject.lines, [...subject.keys, ...finding.path.keys()], "value"),
    service: subject.identity,
    field: finding.path.toString(),
    message: finding.message,
    policy: finding.policy,
    ...optional({
      fix: finding.fix,
      suppressed: suppressed && { by: suppressed.by, reason: withExpiry(suppressed) },
    }),
  };
}

/** A policy's default that is not filled in. */
export function skippedDraft({ policy, path, reason }: SkippedDefault, subject: Subject): Draft {
  return {
    severity: "note",
    rule: "policy-default" satisfies CheckRule,
    region: placeOf(subject.document, subject.lines, [...subject.keys, ...path.keys()], "value"),
    service: subject.identity,
    field: path.toString(),
    message: `the policy's default is not filled in: ${reason}`,
    policy,
  };
}

const SEVERITY_OF_ACTION = { deny: "error", warn: "warning", audit: "note" } as const;

function withExpiry({ reason, expires }: NonNullable<PolicyFinding["suppressed"]>): string {
  return expires === undefined ? reason : `${reason} (until ${expires})`;
}

/** Words that became something else without the server's saying so. @param said what has been found already */
export function wordDrafts(subject: Subject, said: readonly Finding[]): Draft[] {
  const { document, lines, keys, identity, words } = subject;
  const changed = words.silentlyChanged(keys);
  if (changed.length === 0) return [];
  const places = placesAbove(said);
  return changed
    .filter((word) => !places.has(JSON.stringify(word.keys.slice(keys.length))))
    .map((word) => ({
      severity: "warning",
      rule: "yaml-word" satisfies CheckRule,
      region: placeOf(document, lines, word.keys, word.what),
      service: identity,
      field: pathOf(word.keys.slice(keys.length)).toString(),
      message: explain(word),
      fix: word.what === "key" ? `quote it: "${word.text}"` : "write the number without the leading zero",
    }));
}

/** Where findings stand, and all that these places are in. */
function placesAbove(findings: readonly Finding[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { path } of findings) {
    const keys = path.keys();
    for (let length = keys.length; length >= 0; length--) places.add(JSON.stringify(keys.slice(0, length)));
  }
  return places;
}

/** Why a document cannot be read; a template is told what to do with it. @param action the text's first template action */
export function problemDraft(problem: TextProblem, lines: Lines, file: string, action: TextRange | undefined): Draft {
  if (action === undefined) {
    const { region, message } = problem;
    return { severity: "error", rule: "not-yaml" satisfies CheckRule, region, field: "", message };
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

type Misnamed = Exclude<Manifest, { type: "service" | "other" }>;

/** What is wrong with a manifest whose kind kubectl does not know. */
export function kindDraft(manifest: Misnamed, document: TextDocument, lines: Lines): Draft {
  const { field, near, about, message, fix } = misnamed(manifest);
  return {
    severity: "error",
    rule: manifest.type satisfies CheckRule,
    region: placeOf(document, lines, [...manifest.keys, near], about),
    field,
    message,
    fix,
  };
}

interface MisnamedWords {
  readonly field: string;
  /** The key that is there, and that the finding points at. */
  readonly near: string;
  readonly about: "key" | "value";
  readonly message: string;
  readonly fix: string;
}

function misnamed(manifest: Misnamed): MisnamedWords {
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
