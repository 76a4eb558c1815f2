import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { inventoryOf } from "#src/inventory/store/index.ts";
import { partOf, readReviewFile } from "../reviews/reviews.ts";
import { startTestServer } from "../webhook/harness.ts";
import { CHART, itemsAt, only, render, textAt } from "./support/chart.ts";

/** What a scrape shows: the labels that each metric's samples have, by the metric's name. */
type Scrape = ReadonlyMap<string, ReadonlySet<string>>;

/** Labels that Prometheus itself adds, those of buckets, and those that an expression may make. */
const GIVEN = new Set(["namespace", "pod", "job", "instance", "le"]);
/** Metrics that have no sample before something has gone wrong. */
const SILENT: Readonly<Record<string, readonly string[]>> = {
  fairlead_exemptions_total: ["by"],
  // The API server's own.
  apiserver_admission_webhook_fail_open_count: ["name", "type"],
};

async function scrape(): Promise<Scrape> {
  const server = await startTestServer({
    inventory: {
      current: () => ({ view: inventoryOf([], "default"), age: 1 }),
      state: () => ({ objects: new Map([["Service", 1]]), synced: new Map([["services", true]]) }),
      close: () => Promise.resolve(),
    },
  });
  try {
    server.metrics.observeCAExpiry(() => new Date());
    server.metrics.observeAudit(() => ({
      services: 1,
      counts: [{ policy: "team", rule: "external-ips", action: "deny", count: 1 }],
      endedAt: 0,
      duration: 1,
    }));
    const { review, request } = readReviewFile("create-main-kubectl-create-np-mutating.json");
    await server.post("/mutate", review);
    // One with something to find.
    partOf(request, "object")["spec"] = {};
    await server.post("/validate", review);
    const { text } = await server.get("/metrics");
    const found = new Map<string, Set<string>>();
    for (const [, name = "", labels = ""] of text.matchAll(/^([a-z0-9_]+)(?:\{(.*)\})? /gm)) {
      const known = found.get(name) ?? new Set();
      for (const [, label = ""] of labels.matchAll(/([a-z_]+)="/g)) known.add(label);
      found.set(name, known);
    }
    for (const [name, labels] of Object.entries(SILENT)) found.set(name, new Set(labels));
    return found;
  } finally {
    await server.stop();
  }
}

async function dashboardExpressions(): Promise<readonly string[]> {
  const dashboard: unknown = JSON.parse(await readFile(join(CHART, "files", "dashboard.json"), "utf8"));
  return itemsAt(dashboard, "panels").flatMap((panel) => itemsAt(panel, "targets").map((one) => textAt(one, "expr")));
}

async function alertExpressions(): Promise<readonly string[]> {
  const values = { metrics: { prometheusRule: { enabled: true } } };
  const objects = await render({ values, apiVersions: ["monitoring.coreos.com/v1"] });
  return itemsAt(only(objects, "PrometheusRule"), "spec", "groups", 0, "rules").map((rule) => textAt(rule, "expr"));
}

/** What an expression asks for and nobody shows. */
function unknownIn(expression: string, shown: Scrape): readonly string[] {
  const names = [...new Set(expression.match(/\b(fairlead|nodejs|process|apiserver)_[a-z0-9_]+/g))];
  const labels = new Set(names.flatMap((name) => [...(shown.get(name) ?? [])]));
  const asked = [
    ...[...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(",").map((one) => one.trim())),
    ...[...expression.matchAll(/([a-z_]+)=~?"/g)].map(([, label = ""]) => label),
  ];
  return [
    ...(names.length === 0 ? [`no metric at all in ${expression}`] : []),
    ...names.filter((name) => !shown.has(name)),
    ...asked.filter((label) => !labels.has(label) && !GIVEN.has(label)),
  ];
}

let shown: Scrape;
beforeAll(async () => {
  shown = await scrape();
});

describe("what the dashboard and the alerts ask for is what a server shows", () => {
  it.each([
    { name: "the dashboard", expressions: dashboardExpressions, least: 10 },
    { name: "the alerts", expressions: alertExpressions, least: 10 },
  ])("$name", async ({ expressions, least }) => {
    const all = await expressions();
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(all.flatMap((expression) => unknownIn(expression, shown))).toEqual([]);
  });

  it("and a metric or a label that is not shown would be noticed", () => {
    expect(unknownIn('sum by (colour) (rate(fairlead_reviews_total{shape="round"}[5m]))', shown)).toEqual([
      "colour",
      "shape",
    ]);
    expect(unknownIn("fairlead_nothing_total > 0", shown)).toEqual(["fairlead_nothing_total"]);
  });

  it("the end of the leaf and of the CA are one metric, which one alert watches", () => {
    expect(shown.get("fairlead_certificate_expiry_timestamp_seconds")).toEqual(new Set(["certificate"]));
  });
});

describe("the metrics of a server", () => {
  it.each([
    "fairlead_reviews_total{operation,decision,phase}",
    "fairlead_review_duration_seconds_bucket{le,phase}",
    "fairlead_findings_total{rule,policy,action}",
    "fairlead_exemptions_total{by}",
    "fairlead_failures_total{status}",
    "fairlead_certificate_expiry_timestamp_seconds{certificate}",
    "fairlead_cluster_info{kubernetes,service_cidrs,node_port_range}",
    "fairlead_policies{state}",
    "fairlead_reloads_total{what,result}",
    "fairlead_inventory_age_seconds{}",
    "fairlead_audit_findings{policy,rule,action}",
    "fairlead_log_lines_dropped_total{}",
    "fairlead_unexpected_errors_total{kind}",
    "nodejs_eventloop_lag_p99_seconds{}",
    "fairlead_build_info{version,node}",
  ])("are %s", (wanted) => {
    const [name = "", labels = ""] = wanted.replace("}", "").split("{");
    const found = shown.get(name);
    expect([...(found ?? ["missing"])].toSorted()).toEqual(labels.split(",").filter(Boolean).toSorted());
  });
});
