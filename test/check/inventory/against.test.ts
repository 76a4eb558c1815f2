import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Checkout } from "../checkout.ts";
import { all, checkoutOf, deployment, find, ingress, service } from "./estate.ts";

const MONITOR = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web, namespace: shop }
spec:
  selector:
    matchLabels: { app: web }
  endpoints: [{ port: http }]
`;
const LABELLED = service("shop/web").replace("namespace: shop", "namespace: shop, labels: { app: web }");
const BEFORE = {
  "web.yaml": LABELLED,
  "other.yaml": all(service("shop/other"), deployment("shop/web"), deployment("shop/other")),
  "ingress.yaml": ingress("shop/front", "web"),
  "monitor.yaml": MONITOR,
};

const BY_INGRESS = "error references-resolve ingress.yaml:6 Ingress shop/front";

const ROWS: readonly {
  readonly what: string;
  readonly change: (checkout: Checkout) => void;
  readonly against?: string;
  readonly paths?: readonly string[];
  readonly finds: readonly string[];
}[] = [
  { what: "nothing", change: () => undefined, finds: [] },
  {
    what: "an update takes a port away",
    change: (checkout) => {
      checkout.write("web.yaml", LABELLED.replace("port: 80", "port: 8080"));
    },
    finds: [BY_INGRESS, "error references-resolve web.yaml:4 shop/web"],
  },
  {
    what: "a Service is removed",
    change: (checkout) => {
      rmSync(join(checkout.folder, "web.yaml"));
    },
    finds: [BY_INGRESS, "error references-resolve monitor.yaml:6 ServiceMonitor shop/web"],
  },
  {
    what: "all Services are removed",
    change: (checkout) => {
      for (const name of ["web.yaml", "other.yaml"]) rmSync(join(checkout.folder, name));
    },
    finds: [BY_INGRESS, "error references-resolve monitor.yaml:6 ServiceMonitor shop/web"],
  },
  {
    what: "a Service is removed with what names it",
    change: (checkout) => {
      for (const name of ["web.yaml", "ingress.yaml", "monitor.yaml"]) rmSync(join(checkout.folder, name));
    },
    finds: [],
  },
  {
    what: "a Service moves to another file",
    change: (checkout) => {
      rmSync(join(checkout.folder, "web.yaml"));
      checkout.write("moved.yaml", LABELLED);
    },
    finds: [],
  },
  {
    what: "a Service is renamed",
    change: (checkout) => {
      checkout.write("web.yaml", LABELLED.replace("name: web,", "name: web2,"));
    },
    finds: [BY_INGRESS],
  },
  {
    what: "the file of a Service cannot be read",
    change: (checkout) => {
      checkout.write("web.yaml", "apiVersion: v1\nkind: [Service\n");
    },
    finds: [
      "warning references-resolve ingress.yaml:6 Ingress shop/front",
      "warning references-resolve monitor.yaml:6 ServiceMonitor shop/web",
      "error not-yaml web.yaml:2 /",
    ],
  },
  {
    what: "the state before is that of other paths",
    change: (checkout) => {
      checkout.write("../before.yaml", LABELLED);
      rmSync(join(checkout.folder, "web.yaml"));
    },
    against: "../before.yaml",
    finds: [
      "warning references-resolve ingress.yaml:6 Ingress shop/front",
      "warning references-resolve monitor.yaml:6 ServiceMonitor shop/web",
    ],
  },
];

async function after(change: (checkout: Checkout) => void, ...args: readonly string[]) {
  const checkout = checkoutOf(BEFORE);
  try {
    checkout.commitAll();
    change(checkout);
    return await find(checkout, ...args);
  } finally {
    checkout.remove();
  }
}

describe("--against", () => {
  it.each(ROWS)("$what", async ({ change, against = "git:main", paths = ["."], finds }) => {
    const { findings } = await after(change, "--against", against, ...paths);
    expect(findings.filter((finding) => !finding.includes("judged-as-new"))).toEqual(finds);
  });

  it("says that the change removes the Service", async () => {
    const { messages } = await after(
      (checkout) => {
        rmSync(join(checkout.folder, "web.yaml"));
      },
      "--against",
      "git:main",
      ".",
    );
    expect(messages[0]).toMatch(/names the Service shop\/web, which is not there: this change removes it$/);
  });

  it("names what breaks outside of the run at its own line", async () => {
    const change = (checkout: Checkout): void => {
      checkout.write(
        "../live.yaml",
        all(LABELLED, ingress("shop/front", "web"), ingress("else/one", "web"), ingress("shop/outer", "web"), MONITOR),
      );
      rmSync(join(checkout.folder, "web.yaml"));
      rmSync(join(checkout.folder, "monitor.yaml"));
    };
    const { findings } = await after(change, "--inventory", "../live.yaml", "--against", "git:main", ".");
    expect(findings).toEqual([BY_INGRESS, "error references-resolve ../live.yaml:25 Ingress shop/outer"]);
  });
});
