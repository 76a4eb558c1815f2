import { describe, expect, it } from "@jest/globals";
import { all, checkoutOf, deployment, type Files, find, ingress, service } from "./estate.ts";

interface Row {
  readonly what: string;
  readonly files: Files;
  readonly args?: readonly string[];
  readonly finds: readonly string[];
}

const TWINS = { "one.yaml": all(service("one", "web"), deployment("web")), "two.yaml": service("two", "web") };
const SHOP = { "shop/web.yaml": all(service("web"), deployment("web"), ingress("front", "web")) };

const ROWS: readonly Row[] = [
  {
    what: "two Services of one folder are in one cluster",
    files: TWINS,
    finds: ["error unique-selector one.yaml:4 default/one", "error unique-selector two.yaml:4 default/two"],
  },
  {
    what: "those of two environments are not",
    files: { "dev/one.yaml": TWINS["one.yaml"], "prod/two.yaml": TWINS["two.yaml"] },
    finds: [],
  },
  {
    what: "nor are those of two folders that are sets",
    files: { "eins/one.yaml": TWINS["one.yaml"], "zwei/two.yaml": TWINS["two.yaml"] },
    args: ["--sets", "eins", "--sets", "zwei"],
    finds: [],
  },
  {
    what: "what is missing may be in any set",
    files: {
      "dev/ingress.yaml": ingress("front", "web"),
      "prod/web.yaml": all(service("web"), deployment("web")),
    },
    finds: [],
  },
  {
    what: "with --complete, it may not",
    files: {
      "dev/ingress.yaml": ingress("front", "web"),
      "prod/web.yaml": all(service("web"), deployment("web")),
    },
    args: ["--complete"],
    finds: ["error references-resolve dev/ingress.yaml:6 Ingress default/front"],
  },
  {
    what: "kustomize renames what is named, too",
    files: { ...SHOP, "shop/kustomization.yaml": "resources: [web.yaml]\nnamePrefix: dev-\nnamespace: dev\n" },
    args: ["--complete"],
    finds: [],
  },
  {
    what: "kustomize does not rename what is not in its set",
    files: {
      "shop/ingress.yaml": ingress("front", "web"),
      "shop/kustomization.yaml": "resources: [ingress.yaml, other.yaml]\nnamePrefix: dev-\nnamespace: dev\n",
      "shop/other.yaml": all(service("other"), deployment("other")),
      "live.yaml": all(service("dev/web"), deployment("dev/web")),
    },
    finds: [],
  },
  {
    what: "Services of a base are in conflict in one overlay only, and that is told once",
    files: {
      "base/kustomization.yaml": "resources: [web.yaml]\n",
      "base/web.yaml": SHOP["shop/web.yaml"],
      "overlays/a/kustomization.yaml": "resources: [../../base]\nnameSuffix: -a\nnamespace: a\n",
      "overlays/b/kustomization.yaml": "resources: [../../base, more.yaml]\nnameSuffix: -b\nnamespace: b\n",
      "overlays/b/more.yaml": service("more", "web"),
      "overlays/c/kustomization.yaml": "resources: [../../base, more.yaml]\nnamespace: c\n",
      "overlays/c/more.yaml": service("more", "web"),
    },
    finds: [
      "error unique-selector base/web.yaml:4 default/web",
      "error unique-selector overlays/b/more.yaml:4 default/more",
      "error unique-selector overlays/c/more.yaml:4 default/more",
    ],
  },
  {
    what: "a Service whose namespace is open is that of any namespace",
    files: { "a.yaml": ingress("shop/front", "web"), "b.yaml": all(service("web"), deployment("shop/web")) },
    finds: [],
  },
  {
    what: "with --namespace, none is open",
    files: { "a.yaml": ingress("shop/front", "web"), "b.yaml": all(service("web"), deployment("web")) },
    args: ["--namespace", "other"],
    finds: ["warning references-resolve a.yaml:6 Ingress shop/front"],
  },
  {
    what: "the variants of one Service have what any of them has",
    files: {
      "web.yaml": all(service("web"), deployment("web")),
      "web-tls.yaml": service("web", "web", 443),
      "ingress.yaml": all(ingress("one", "web", 80), ingress("two", "web", 443)),
    },
    args: ["--complete"],
    finds: [],
  },
  {
    what: "also if they are in one file, or have a name that is generated",
    files: {
      "web.yaml": all(service("one"), service("two"), service("three"), deployment("x", "one"), deployment("x", "two")),
      "jobs.yaml": all(...["three", "four"].map((app) => deployment("x", app).replace("name:", "generateName:"))),
    },
    finds: [],
  },
  {
    what: "references in a List are found at their lines",
    files: {
      "a.json": `${JSON.stringify(
        {
          apiVersion: "v1",
          kind: "List",
          items: [
            { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } },
            {
              apiVersion: "apps/v1",
              kind: "StatefulSet",
              metadata: { name: "db" },
              spec: { serviceName: "db", template: { metadata: { labels: { app: "db" } } } },
            },
          ],
        },
        undefined,
        1,
      )}\n`,
    },
    finds: ["warning references-resolve a.json:26 StatefulSet default/db"],
  },
];

describe("what is around a Service is what is applied with it", () => {
  it.each(ROWS)("$what", async ({ files, args = [], finds }) => {
    const checkout = checkoutOf(files);
    try {
      const { findings, leftOut } = await find(checkout, ...args, ".");
      const about = findings.filter((finding) => !finding.includes("duplicate-name"));
      expect([about, leftOut]).toEqual([finds, []]);
    } finally {
      checkout.remove();
    }
  });
});
