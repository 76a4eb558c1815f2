import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { ROOT } from "#test/paths.ts";
import { fairlead } from "../run-cli.ts";

const REPOSITORIES = join(ROOT, "test", "repositories");

const skippedPatches = (count: number): string =>
  `${count} ${count === 1 ? "patch" : "patches"} of kustomizations skipped: check the outcome with --render, or with kubectl kustomize`;
const noManifests = (count: number): string =>
  count === 1 ? "1 file is not a Kubernetes manifest: skipped" : `${count} files are not Kubernetes manifests: skipped`;
const templates = (count: number, charts: string): string =>
  `${count} Helm ${count === 1 ? "template" : "templates"} of ${charts} skipped: render them with --render, or with helm template`;
const data = (files: string): string => `${files} with settings or data of kustomizations skipped`;

/**
 * Repositories in the shapes that public ones have, and what `fairlead check .` says of each without an option.
 * @prop like the public repository whose shape it has; see test/repositories/README.md
 */
const EXPECTED = [
  {
    repository: "gitops-clusters",
    like: "fluxcd/flux2-kustomize-helm-example",
    services: 4,
    leftOut: [skippedPatches(2)],
  },
  {
    repository: "app-with-chart",
    like: "stefanprodan/podinfo",
    services: 1,
    leftOut: [templates(3, "1 chart"), data("2 files"), noManifests(4)],
  },
  {
    repository: "app-of-apps",
    like: "argoproj/argocd-example-apps",
    services: 4,
    leftOut: [templates(2, "2 charts"), noManifests(4)],
  },
  {
    repository: "overlays-and-code",
    like: "GoogleCloudPlatform/microservices-demo",
    services: 5,
    leftOut: [skippedPatches(4), noManifests(3)],
  },
  {
    repository: "monitoring",
    like: "prometheus-operator/kube-prometheus",
    services: 1,
    leftOut: [noManifests(4)],
  },
  {
    repository: "two-clusters",
    like: "fluxcd/flux2-kustomize-helm-example",
    services: 4,
    leftOut: [],
  },
  {
    repository: "operator",
    like: "kubernetes-sigs/cluster-api",
    services: 1,
    leftOut: [skippedPatches(1), data("1 file"), noManifests(3)],
  },
  {
    repository: "inventory",
    like: "kubernetes-sigs/kubespray",
    services: 1,
    leftOut: ["1 template outside of charts skipped: check what is rendered from them", noManifests(2)],
  },
  {
    repository: "all-in-one",
    like: "microservices-demo/microservices-demo",
    services: 8,
    leftOut: [templates(1, "1 chart"), noManifests(3)],
  },
  {
    repository: "chart-monorepo",
    like: "prometheus-community/helm-charts",
    services: 0,
    leftOut: [templates(3, "3 charts"), noManifests(10)],
  },
  {
    repository: "openshift-templates",
    like: "sclorg/nodejs-ex",
    services: 1,
    leftOut: ["1 template outside of charts skipped: check what is rendered from them", noManifests(1)],
  },
  {
    repository: "scripted",
    like: "longhorn/longhorn",
    services: 8,
    leftOut: ["3 templates outside of charts skipped: check what is rendered from them"],
  },
  {
    repository: "broken-manifest",
    like: "open-policy-agent/gatekeeper",
    code: 2,
    services: 1,
    leftOut: [noManifests(2)],
    findings: ["port-range list.json", "port-range list.json", "not-yaml service.yaml"],
  },
  {
    repository: "plain-manifests",
    like: "kubernetes/examples",
    code: 1,
    services: 3,
    leftOut: [noManifests(1)],
    findings: ["node-port-twice manifests/b/b.yaml", "duplicate-name manifests/c.yaml"],
  },
];

async function reportOf(
  repository: string,
  ...args: readonly string[]
): Promise<{ code: number | null; report: unknown }> {
  const options = ["check", "--no-config", "--format", "json", ...args, "."];
  const { code, stdout } = await fairlead(options, { cwd: join(REPOSITORIES, repository) });
  return { code, report: JSON.parse(stdout) };
}

function findingsOf(report: unknown): string[] {
  const findings = valueAt(report, ["findings"]);
  const all: readonly unknown[] = Array.isArray(findings) ? findings : [];
  return all.filter(isObject).map(({ rule, file }) => `${String(rule)} ${String(file)}`);
}

describe("a strange repository is checked without an option", () => {
  it.each(EXPECTED)("$repository, like $like", async ({ repository, code = 0, services, leftOut, findings = [] }) => {
    const { code: found, report } = await reportOf(repository);
    expect(findingsOf(report)).toEqual(findings);
    expect(valueAt(report, ["summary", "leftOut"]) ?? []).toEqual(leftOut);
    expect(valueAt(report, ["summary", "services"])).toBe(services);
    expect(found).toBe(code);
  });

  it("says the same in threads", async () => {
    for (const { repository, code = 0, findings = [] } of EXPECTED.slice(-2)) {
      const { code: found, report } = await reportOf(repository, "--workers", "2");
      expect([found, findingsOf(report)]).toEqual([code, findings]);
    }
  });

  it("--strict-files makes each file that is skipped an error", async () => {
    const { code, report } = await reportOf("app-with-chart", "--strict-files");
    expect(code).toBe(2);
    expect(findingsOf(report)).toEqual([
      "not-a-manifest charts/shop/Chart.yaml",
      "chart-template charts/shop/templates/config.yaml",
      "chart-template charts/shop/templates/service.yaml",
      "chart-template charts/shop/templates/tests/ping.yaml",
      "not-a-manifest charts/shop/values-prod.yaml",
      "not-a-manifest charts/shop/values.yaml",
      "not-a-manifest compose.yaml",
      "not-a-manifest kustomize/banner.json",
      "not-a-manifest kustomize/settings.yaml",
    ]);
    expect(valueAt(report, ["summary", "leftOut"])).toBeUndefined();
  });
});
