import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import type { CheckedReply } from "../admission/response-schema.ts";
import { fairlead } from "../check/run-cli.ts";

/** A policy as its author would write it. */
export function document(name: string, spec: object): JsonObject {
  return { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec };
}

/** One set of policies. @throws Error for one that is none. */
export function setOf(documents: readonly JsonObject[]): PolicySet {
  return compilePolicies(
    documents.map((one) => {
      const reading = readPolicy(one);
      if ("problems" in reading) throw new Error(JSON.stringify(reading.problems));
      return reading.policy;
    }),
  );
}

/** The findings about one Service, one line each, in alphabetical order. */
export type FindingLines = readonly string[];

/** The findings of `fairlead check` about the Services, by policy; `args` are passed on unchanged. */
export async function findingsOfCheck(
  policies: readonly unknown[],
  manifests: readonly JsonObject[],
  options: {
    readonly args?: readonly string[];
    readonly stored?: readonly JsonObject[];
    readonly namespaces?: readonly JsonObject[];
  } = {},
): Promise<ReadonlyMap<string, FindingLines>> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-callers-"));
  try {
    const file = (name: string, documents: readonly unknown[]): string => {
      const path = join(folder, name);
      writeFileSync(path, documents.map((document) => JSON.stringify(document)).join("\n---\n"));
      return path;
    };
    const against = options.stored === undefined ? [] : ["--against", file("stored.yaml", options.stored)];
    const { namespaces } = options;
    const labels = namespaces === undefined ? [] : ["--namespaces", file("namespaces.yaml", namespaces)];
    const { stdout, stderr, code } = await fairlead([
      "check",
      "--no-config",
      ...["--policy", file("policies.yaml", policies), "--format", "json"],
      ...against,
      ...labels,
      ...(options.args ?? []),
      file("services.yaml", manifests),
    ]);
    if (code === null || code > 1) throw new Error(stderr);
    return linesByPolicy(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ACTIONS: Readonly<Record<string, string>> = { error: "deny", warning: "warn", note: "audit" };

function linesByPolicy(report: unknown): ReadonlyMap<string, FindingLines> {
  const lines = new Map<string, string[]>();
  const findings = valueAt(report, ["findings"]);
  for (const finding of Array.isArray(findings) ? findings : []) {
    if (!isObject(finding) || typeof finding["rule"] !== "string" || !finding["rule"].startsWith("policy/")) continue;
    const { rule, policy, severity, suppressed, field, message } = finding;
    const action = suppressed === undefined ? ACTIONS[String(severity)] : "suppressed";
    const location = action === "deny" || action === "warn" ? ` ${String(field)}: ${String(message)}` : "";
    const name = String(policy);
    lines.set(name, [
      ...(lines.get(name) ?? []),
      `${name}/${rule.slice("policy/".length)}=${String(action)}${location}`,
    ]);
  }
  for (const found of lines.values()) found.sort();
  return lines;
}

/** The findings of the webhook about one Service, from its causes, warnings and audit annotations. */
export function findingsOfWebhook({
  status,
  warnings = [],
  auditAnnotations = {},
}: CheckedReply["response"]): FindingLines {
  const denied = (status?.details?.causes ?? []).map(({ field = "", message }) =>
    findingLine("deny", `${field}: ${message}`),
  );
  const warned = warnings.map((text) => findingLine("warn", text));
  const audited = (auditAnnotations["rules"] ?? "").split(", ").filter((rule) => rule.endsWith("=audit"));
  const suppressed = (auditAnnotations["suppressed"] ?? "").split(", ").filter((text) => text !== "");
  return [...denied, ...warned, ...audited, ...suppressed.map((text) => text.replace(/: .*$/, "=suppressed"))].sort();
}

/** `FIELD: MESSAGE; FIX (Fairlead: RULE, policy POLICY)` without the fix. */
function findingLine(action: string, text: string): string {
  const [, message = text, rule = "", policy = ""] =
    /^(.*?)(?:; [^;]*)? \(Fairlead: ([^,]+), policy (.+)\)$/.exec(text) ?? [];
  return `${policy}/${rule}=${action} ${message}`;
}
