import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { tools } from "#scripts/tools.ts";
import { Checkout, GOOD } from "../checkout.ts";
import { type CliResult, fairlead } from "../run-cli.ts";

let programs: { readonly helm: string; readonly kubectl: string };
let checkout: Checkout;

beforeAll(async () => {
  programs = await tools();
});
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

/** Runs the check with the given programs in PATH and no others. */
function render(
  args: readonly string[] = ["."],
  names: readonly ("helm" | "kubectl")[] = ["helm", "kubectl"],
  path: readonly string[] = [],
): Promise<CliResult> {
  const bin = join(checkout.parent, "bin");
  mkdirSync(bin, { recursive: true });
  for (const name of names) symlinkSync(programs[name], join(bin, name));
  const command = ["/usr/bin/env", `PATH=${[...path, bin].join(delimiter)}`];
  return fairlead(["check", "--render", ...args], { cwd: checkout.folder, command });
}

const TEMPLATE = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  type: {{ .Values.type }}
  ports:
    - port: {{ .Values.port }}
      targetPort: HTTP
`;

function chart(folder: string, values: string, template = TEMPLATE): void {
  checkout.write(`${folder}/Chart.yaml`, "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
  checkout.write(`${folder}/values.yaml`, values);
  checkout.write(`${folder}/templates/service.yaml`, template);
}

function overlay(): void {
  checkout.write("base/kustomization.yaml", "resources: [service.yaml]\n");
  checkout.write(
    "base/service.yaml",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n    targetPort: HTTP\n",
  );
  checkout.write("overlays/eu/kustomization.yaml", "resources: [../../base]\nnamePrefix: eu-\n");
}

describe("--render", () => {
  it("reports a mistake in a template once, at the template's own line", async () => {
    chart("charts/shop", "type: ClusterIP\nport: 80\n");
    checkout.write("charts/shop/values-prod.yaml", "type: NodePort\n");
    const { code, stdout } = await render();
    expect(code).toBe(1);
    expect(stdout).toContain("at     charts/shop/templates/service.yaml:9:19  default/shop");
    expect(stdout).toContain("from   charts/shop, line 11");
    expect(stdout).toMatch(/1 error in 2 Services of 2 files/);
  });

  it("names the values that make the mistake, and the rendered text where no line of the template is like it", async () => {
    chart("charts/shop", "type: ClusterIP\nport: 80\n", TEMPLATE.replace("HTTP", "http"));
    checkout.write("charts/shop/values-prod.yaml", "port: 70000\n");
    const { code, stdout } = await render(["charts"]);
    expect(code).toBe(1);
    expect(stdout).toContain("at     charts/shop/templates/service.yaml:1:1  default/shop");
    expect(stdout).toContain("from   charts/shop with values-prod.yaml, line 10");
  });

  it("takes --helm-values in place of the values beside the chart", async () => {
    chart("charts/shop", "type: ClusterIP\nport: 80\n", TEMPLATE.replace("HTTP", "http"));
    checkout.write("charts/shop/values-prod.yaml", "port: 70000\n");
    checkout.write("mine.yaml", "port: 443\n");
    const { code, stdout } = await render(["--helm-values", "mine.yaml", "charts"]);
    expect([code, stdout]).toEqual([0, "no findings in 1 Service of 1 file\n"]);
  });

  it("renders the overlays, and reports a mistake at the base's own line", async () => {
    overlay();
    const { code, stdout } = await render();
    expect(code).toBe(1);
    expect(stdout).toContain("at     base/service.yaml:8:17  default/eu-web");
    expect(stdout).toMatch(/1 error in 1 Service of 1 file/);
  }, 30_000);

  it("renders no library chart, no chart inside another and no component by itself", async () => {
    chart("charts/shop", "type: ClusterIP\nport: 80\n", TEMPLATE.replace("HTTP", "http"));
    chart("charts/shop/charts/inner", "type: Broken\nport: 80\n");
    checkout.write("charts/shop/charts/inner/Chart.yaml", "apiVersion: v2\nname: inner\nversion: 0.1.0\n");
    checkout.write("charts/shop/charts/inner/templates/service.yaml", "");
    checkout.write("charts/common/Chart.yaml", "apiVersion: v2\nname: common\nversion: 0.1.0\ntype: library\n");
    checkout.write("component/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n");
    const { code, stdout } = await render();
    expect([code, stdout]).toEqual([0, "no findings in 1 Service of 1 file\n"]);
  });

  it("still checks what belongs to no chart and no overlay", async () => {
    chart("charts/shop", "type: ClusterIP\nport: 80\n", TEMPLATE.replace("HTTP", "http"));
    checkout.write("plain/web.yaml", GOOD.replace("80", "0"));
    const { code, stdout } = await render();
    expect([code, stdout]).toEqual([1, expect.stringContaining("plain/web.yaml:4:")]);
  });

  it.each([
    {
      name: "a chart without helm",
      make: () => {
        chart("charts/shop", "type: ClusterIP\nport: 80\n");
      },
      says: ["helm is needed to render this chart, and is not in PATH", "install Helm"],
    },
    {
      name: "an overlay without kustomize and kubectl",
      make: overlay,
      says: ["kustomize or kubectl is needed to render this overlay, and neither is in PATH", "install one of them"],
    },
  ])("$name: says what to install", async ({ make, says }) => {
    make();
    const { code, stdout } = await render(["."], []);
    expect(code).toBe(2);
    for (const text of says) expect(stdout).toContain(text);
  });

  it("reports a chart that cannot be rendered, and checks the others", async () => {
    chart("charts/broken", "type: ClusterIP\n", '{{ fail "set a port" }}\n');
    chart("charts/incomplete", "type: ClusterIP\nport: 80\n");
    checkout.write("charts/incomplete/values-prod.yaml", "port: 81\n");
    checkout.write(
      "charts/incomplete/Chart.yaml",
      "apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies: [{ name: redis, version: 1.0.0, repository: 'file://../redis' }]\n",
    );
    chart("charts/shop", "type: ClusterIP\nport: 80\n", TEMPLATE.replace("HTTP", "http"));
    const { code, stdout } = await render();
    expect(code).toBe(2);
    expect(stdout).toMatch(/^charts\/broken\n {2}error {2}this cannot be rendered: .*set a port.* {2}not-rendered$/m);
    expect(stdout).toContain("fetch its dependencies first: helm dependency build charts/incomplete");
    expect(stdout).toMatch(/2 errors in 1 Service of 3 files/);
    expect(stdout).not.toMatch(/level=|--debug/);
  });

  it("warns where a chart fails with some of its values", async () => {
    chart(
      "charts/shop",
      "type: ClusterIP\n",
      TEMPLATE.replace("HTTP", "http").replace(".Values.port", 'required "no port" .Values.port'),
    );
    checkout.write("charts/shop/ci/full-values.yaml", "port: 80\n");
    const { code, stdout } = await render();
    expect(code).toBe(0);
    expect(stdout).toMatch(/warning {2}this cannot be rendered: .*no port/);
    expect(stdout).toMatch(/1 warning in 1 Service of 2 files/);
  });

  it("runs no program of the checkout", async () => {
    chart("charts/shop", "type: ClusterIP\nport: 80\n");
    checkout.write("helm", "#!/bin/sh\necho hijacked >hijacked\n");
    chmodSync(join(checkout.folder, "helm"), 0o755);
    const { stdout } = await render(["charts"], [], [".", ""]);
    expect(stdout).toContain("helm is needed");
  });

  it("does not go with --fix", async () => {
    const { code, stderr } = await render(["--fix", "."]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--fix changes files")]);
  });
});
