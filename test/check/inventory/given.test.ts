import { describe, expect, it } from "@jest/globals";
import { all, checkoutOf, deployment, type Files, find, ingress, service } from "./estate.ts";

const LIST = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: { name: api, namespace: shop }
  spec: { selector: { app: api }, ports: [{ port: 80 }] }
- apiVersion: v1
  kind: Service
  metadata: { name: web, namespace: shop }
  spec: { selector: { app: other }, ports: [{ port: 80 }] }
`;

const ROWS: readonly {
  readonly what: string;
  readonly files: Files;
  readonly given?: readonly string[];
  readonly args?: readonly string[];
  readonly finds: readonly string[];
}[] = [
  {
    what: "has what the run refers to",
    files: { "a.yaml": ingress("shop/front", "api"), "../live.yaml": LIST },
    args: ["--complete"],
    finds: [],
  },
  {
    what: "lacks a port",
    files: { "a.yaml": ingress("shop/front", "api", 81), "../live.yaml": LIST },
    finds: ["error references-resolve a.yaml:6 Ingress shop/front"],
  },
  {
    what: "claims what the run claims",
    files: { "a.yaml": all(service("shop/mine", "api"), deployment("shop/api")), "../live.yaml": LIST },
    finds: ["error unique-selector a.yaml:4 shop/mine"],
  },
  {
    what: "gives way to the same object of the run",
    files: {
      "a.yaml": all(service("shop/web", "web", 81), deployment("shop/web"), ingress("shop/front", "web", 80)),
      "b.yaml": all(service("shop/more", "other"), deployment("shop/other")),
      "../live.yaml": LIST,
    },
    finds: ["error references-resolve a.yaml:16 Ingress shop/front"],
  },
  {
    what: "is what the API server answers, whose items do not say what they are",
    files: {
      "a.yaml": service("shop/web"),
      "../live.yaml": `apiVersion: apps/v1
kind: DeploymentList
items:
- metadata: { name: x, namespace: shop }
  spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
    },
    args: ["--complete"],
    finds: [],
  },
  {
    what: "is a folder with several files",
    files: {
      "a.yaml": ingress("shop/front", "api"),
      "../live/one.yaml": LIST,
      "../live/values.yaml": "replicas: 3\n",
      "../live/two.yaml": "apiVersion: v1\nkind: ServiceList\nitems: [{ metadata: { name: x } }]\n",
    },
    given: ["../live"],
    args: ["--complete"],
    finds: [],
  },
];

describe("--inventory", () => {
  it.each(ROWS)("$what", async ({ files, given = ["../live.yaml"], args = [], finds }) => {
    const checkout = checkoutOf(files);
    try {
      const inventory = given.flatMap((name) => ["--inventory", name]);
      expect((await find(checkout, ...inventory, ...args, ".")).findings).toEqual(finds);
    } finally {
      checkout.remove();
    }
  });

  it.each([
    ["../nothing.yaml", {}, "nothing.yaml: there is no such file"],
    ["../live.yaml", { "../live.yaml": `${LIST}\n  x: [` }, "../live.yaml:13: "],
    ["../live.yaml", { "../live.yaml": "- 1\n" }, "../live.yaml holds no object that rules look at"],
    ["-", {}, "holds no object"],
  ])("cannot be %s", async (name, files, says) => {
    const checkout = checkoutOf({ "a.yaml": service("web"), ...files });
    try {
      const { code, stderr } = await find(checkout, "--inventory", name, ".");
      expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
    } finally {
      checkout.remove();
    }
  });

  it("can be named by the configuration", async () => {
    const checkout = checkoutOf({
      "a.yaml": ingress("shop/front", "api", 81),
      "live.yaml": LIST,
      ".fairlead.yaml": "inventory: [live.yaml]\nexclude: [live.yaml]\ncomplete: true\n",
    });
    try {
      expect((await find(checkout, ".")).findings).toEqual(["error references-resolve a.yaml:6 Ingress shop/front"]);
    } finally {
      checkout.remove();
    }
  });
});
