import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { promtool } from "#scripts/promtool.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { NAMESPACE, only, render } from "./chart.ts";

/** Minutes between two scrapes: half of the shortest range of an alert, so that each range holds two samples. */
export const INTERVAL = 2;
/** promtool's clock starts at 0, so that points in time are told from the start of the test. */
const POINT_IN_TIME = /_timestamp_seconds\b/;

/** Which alerts fire after this many minutes. */
export interface Expectation {
  readonly minutes: number;
  readonly alerts: readonly string[];
}

/** What a Prometheus has read of one server, scrape by scrape; undefined where the server did not answer. */
export class Scrapes {
  readonly #scrapes: (ReadonlyMap<string, string> | undefined)[] = [];
  readonly #begun = Date.now() / 1000;

  get minutes(): number {
    return (this.#scrapes.length - 1) * INTERVAL;
  }

  /** @param text what `/metrics` shows; undefined for a server that is gone */
  add(text: string | undefined): void {
    this.#scrapes.push(text === undefined ? undefined : new Map(this.#samples(text)));
  }

  /** The series in promtool's notation, with the labels that Prometheus adds. */
  series(): readonly JsonObject[] {
    const names = new Set(this.#scrapes.flatMap((scrape) => [...(scrape?.keys() ?? [])]));
    return [...names].map((series) => ({
      series,
      values: this.#scrapes.map((scrape) => (scrape === undefined ? "stale" : (scrape.get(series) ?? "_"))).join(" "),
    }));
  }

  *#samples(text: string): Generator<[string, string]> {
    for (const [, name = "", labels = "", value = ""] of text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)) {
      const all = [labels, `namespace="${NAMESPACE}"`, 'pod="fairlead-0"'].filter((label) => label !== "").join(",");
      yield [`${name}{${all}}`, POINT_IN_TIME.test(name) ? String(Number(value) - this.#begun) : value];
    }
  }
}

/** What promtool finds wrong with these expectations about the chart's alerts; "" if they hold. */
export async function promtoolProblems(
  series: readonly JsonObject[],
  expectations: readonly Expectation[],
  values: JsonObject = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-alerts-"));
  try {
    const { spec } = await prometheusRule(values);
    await writeFile(join(folder, "rules.yaml"), stringify(spec));
    await writeFile(join(folder, "test.yaml"), stringify(ruleTest(series, expectations)));
    const path = await promtool();
    return await new Promise((resolve) => {
      execFile(path, ["test", "rules", "test.yaml"], { cwd: folder }, (error, stdout, stderr) => {
        resolve(error === null ? "" : `${stdout}${stderr}${error.message}`);
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The chart's PrometheusRule. */
export async function prometheusRule(values: JsonObject = {}): Promise<JsonObject> {
  const metrics = { prometheusRule: { enabled: true } };
  const objects = await render({ values: { metrics, ...values }, apiVersions: ["monitoring.coreos.com/v1"] });
  const rule = only(objects, "PrometheusRule");
  if (!isObject(rule.spec)) throw new Error("the PrometheusRule has no spec");
  return rule;
}

function ruleTest(series: readonly JsonObject[], expectations: readonly Expectation[]): JsonObject {
  const expressions = expectations.map(({ minutes, alerts }) => ({
    expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
    eval_time: `${minutes}m`,
    exp_samples: alerts.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
  }));
  return {
    rule_files: ["rules.yaml"],
    evaluation_interval: "1m",
    tests: [{ interval: `${INTERVAL}m`, input_series: series, promql_expr_test: expressions }],
  };
}
