import { countPhrase } from "../../examine/model/index.ts";
import type { CheckRule, ExaminationResult } from "../../examine/findings/index.ts";
import type { FileRole } from "../layout/index.ts";

/** Why a file that was found in a folder is not judged. */
export type SkipReason = FileRole | { readonly type: Extract<ExaminationResult, { type: "skipped" }>["reason"] };

interface SkipText {
  /** The rule of the finding with `--strict-files`, and its message. */
  readonly rule: CheckRule;
  readonly message: string;
  /** The sentence for all files of the reason. */
  readonly note: (files: number, charts: number) => string;
}

const TEXTS: Readonly<Record<SkipReason["type"], SkipText>> = {
  "helm-template": {
    rule: "chart-template",
    message: "this is a template of a chart, not a manifest: it must be rendered before it can be checked",
    note: (files, charts) =>
      `${countPhrase(files, "Helm template")} of ${countPhrase(charts, "chart")} skipped: render them with --render, or with helm template`,
  },
  template: {
    rule: "chart-template",
    message: "this is a template, not a manifest: it must be rendered before it can be checked",
    note: (files) => `${countPhrase(files, "template")} outside of charts skipped: check what is rendered from them`,
  },
  patch: {
    rule: "not-a-manifest",
    message: "this is a patch, not a manifest: what it changes is seen in the outcome of kustomize",
    note: (files) =>
      `${countPhrase(files, "patch", "patches")} of kustomizations skipped: check the outcome with --render, or with kubectl kustomize`,
  },
  data: {
    rule: "not-a-manifest",
    message: "this file holds settings or data of a kustomization, not a manifest",
    note: (files) => `${countPhrase(files, "file")} with settings or data of kustomizations skipped`,
  },
  "no-manifest": {
    rule: "not-a-manifest",
    message: "this is not a Kubernetes manifest: it has no apiVersion and kind",
    note: (files) =>
      `${files} ${files === 1 ? "file is not a Kubernetes manifest" : "files are not Kubernetes manifests"}: skipped`,
  },
};

/** Counts the files that a search of folders came across and that are not judged. */
export class SkippedFiles {
  readonly #counts = new Map<SkipReason["type"], number>();
  readonly #charts = new Set<string>();

  add(reason: SkipReason): void {
    this.#counts.set(reason.type, (this.#counts.get(reason.type) ?? 0) + 1);
    if (reason.type === "helm-template") this.#charts.add(reason.chart);
  }

  /** How many there are. */
  get count(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** One sentence for each reason, in the order of the table. */
  notes(): string[] {
    return Object.entries(TEXTS).flatMap(([type, { note }]) => {
      const count = [...this.#counts].find(([reason]) => reason === type)?.[1] ?? 0;
      return count === 0 ? [] : [note(count, this.#charts.size)];
    });
  }
}

/** The finding that `--strict-files` makes of a skipped file. */
export function skippedFileFinding({ type }: SkipReason): Pick<SkipText, "rule" | "message"> {
  return TEXTS[type];
}
