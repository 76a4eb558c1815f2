import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { all, checkoutOf, deployment, foundIn, ingress, POLICY, service } from "../inventory/estate.ts";
import { fairlead } from "../run-cli.ts";

/** A helm that notes each call. */
const HELM = `#!/bin/sh
echo called >> calls
cat rendered
`;

it("charts are rendered once, and what comes of them is around each other's objects", async () => {
  const checkout = checkoutOf({
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
    rendered: all(service("web"), deployment("web"), ingress("front", "web", 81)),
    "plain.yaml": ingress("other", "web"),
    "../bin/helm": HELM,
    "../policy.yaml": POLICY,
  });
  try {
    const bin = join(checkout.parent, "bin");
    chmodSync(join(bin, "helm"), 0o755);
    const command = ["/usr/bin/env", `PATH=${bin}:/usr/bin:/bin`];
    const options = ["--render", "--policy", "../policy.yaml", "--format", "json"];
    const { stdout } = await fairlead(["check", ...options, "."], { cwd: checkout.folder, command });
    expect(foundIn(stdout).findings).toEqual(["error references-resolve chart:16 Ingress default/front"]);
    expect(readFileSync(join(checkout.folder, "calls"), "utf8")).toBe("called\n");
  } finally {
    checkout.remove();
  }
});
