import type { ReporterOptions } from "#src/reports/model/options.ts";
import type { CheckedService, CheckFinding } from "#src/examine/model/types.ts";
import type { Summary } from "#src/reports/model/types.ts";
import { createReporter, type ReportFormat } from "#src/reports/reporter.ts";

const RULES = new Map([
  [
    "port-range",
    { title: "a port number is not between 1 and 65535", help: "The API server refuses any other number." },
  ],
]);

export const OPTIONS: ReporterOptions = { version: "1.2.3", rule: (rule) => RULES.get(rule) };

/** A finding of severity error about one value, in the middle of a file; `overrides` replaces properties. */
export function finding(overrides: Partial<CheckFinding> = {}): CheckFinding {
  return {
    severity: "error",
    rule: "port-range",
    file: "deploy/web.yaml",
    region: { startLine: 8, startColumn: 13, endLine: 8, endColumn: 18 },
    service: { namespace: "shop", name: "web" },
    field: "spec.ports[0].port",
    // Only causes have a reason, and a warning is not a cause.
    ...((overrides.severity ?? "error") === "error" && { reason: "FieldValueInvalid" }),
    message: "a port is from 1 to 65535, found 70000",
    fix: "use a port from 1 to 65535",
    fingerprint: "6f1c0a",
    frame: { firstLine: 7, lines: ["  ports:", "    - port: 70000", "      name: http"] },
    ...overrides,
  };
}

/** Text that is code in most of the languages that reports are written in, unless it is escaped. */
export const HOSTILE = `"><script>alert(1)</script>&amp;'%,::\n\r\u001b[2J\u202e\u0000\ud800]]>`;

/** A finding with hostile text in every property that comes from the user's files. */
export function hostileFinding(): CheckFinding {
  return finding({
    rule: `policy/${HOSTILE}`,
    file: `deploy/${HOSTILE}.yaml`,
    service: { namespace: HOSTILE, name: HOSTILE },
    field: `metadata.labels[${HOSTILE}]`,
    message: `found ${HOSTILE}`,
    fix: HOSTILE,
    policy: HOSTILE,
    suppressed: { by: "annotation", reason: HOSTILE },
    frame: { firstLine: 8, lines: [HOSTILE, `- ${HOSTILE}`] },
  });
}

export const SUPPRESSED = finding({
  rule: "policy/named-ports",
  severity: "warning",
  policy: "team-defaults",
  fingerprint: "b2",
  suppressed: { by: "baseline", reason: "known on 2026-11-01" },
});

export const WARNING = finding({
  rule: "deprecated-field",
  severity: "warning",
  file: "deploy/api.yaml",
  service: { namespace: "shop", name: "api" },
  region: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 7 },
  field: "spec.externalIPs",
  message: "spec.externalIPs is deprecated",
  fingerprint: "c3",
  frame: { firstLine: 3, lines: ["one: 1", "  two: 2"] },
});

export const UNUSABLE: CheckFinding = {
  severity: "error",
  rule: "unreadable",
  file: "-",
  region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  field: "",
  message: "the file is not UTF-8",
  fingerprint: "d4",
  frame: { firstLine: 1, lines: [] },
};

export const SUMMARY: Summary = {
  files: 3,
  services: 2,
  otherKinds: 4,
  errors: 2,
  warnings: 1,
  notes: 0,
  suppressed: 1,
  unusable: 1,
};

export const CLEAN: Summary = {
  files: 1,
  services: 1,
  otherKinds: 0,
  errors: 0,
  warnings: 0,
  notes: 0,
  suppressed: 0,
  unusable: 0,
};

/** A checked Service without an object; `overrides` replaces properties. */
export function service(overrides: Partial<CheckedService> = {}): CheckedService {
  return {
    file: "deploy/web.yaml",
    region: { startLine: 1, startColumn: 1, endLine: 9, endColumn: 17 },
    namespace: "shop",
    name: "web",
    text: "kind: Service\n",
    allocated: [],
    ...overrides,
  };
}

/** The whole report of one run. */
export async function report(
  format: ReportFormat,
  content: {
    readonly findings?: readonly CheckFinding[];
    readonly services?: readonly CheckedService[];
    readonly summary?: Summary;
    readonly options?: Partial<ReporterOptions>;
  },
): Promise<string> {
  const reporter = await createReporter(format, { ...OPTIONS, ...content.options });
  const findings = (content.findings ?? []).map((each) => reporter.finding(each));
  const services = (content.services ?? []).map((each) => reporter.service?.(each) ?? "");
  return [...findings, ...services, reporter.end(content.summary ?? SUMMARY)].join("");
}
