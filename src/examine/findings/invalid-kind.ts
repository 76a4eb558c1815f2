import { lookalikeFault } from "../../service/messages/index.ts";
import type { Lines, TextDocument } from "../../text/document/index.ts";
import type { Manifest } from "../manifests/index.ts";
import { regionOf } from "../places/index.ts";
import type { FindingContent } from "./finding-content.ts";
import type { CheckRule } from "./rule-texts.ts";

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
    const message = `${JSON.stringify(manifest.written)} is not a field of a manifest: ${faultPrefix(manifest.written)}did you mean ${field}?`;
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
      const message = `there is no kind ${JSON.stringify(manifest.kind)} in v1; ${faultPrefix(manifest.kind)}did you mean Service?`;
      return { field: "kind", near: "kind", about: "value", message, fix: "write kind: Service" };
    }
  }
}

function faultPrefix(text: string): string {
  const fault = lookalikeFault(text);
  return fault === undefined ? "" : `${fault}; `;
}
