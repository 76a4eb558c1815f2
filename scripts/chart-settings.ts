/**
 * `node scripts/chart-settings.ts [--check]`: generates parts of the chart from the list of settings: the values with
 * their comments and defaults, their schema, and the template that turns them into the configuration of `serve`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { isMap, isScalar, parse, parseDocument, type Scalar, type YAMLMap } from "yaml";
import { isObject, type JsonObject } from "#src/field/json.ts";
import type { ChartValue, Setting } from "#src/serve/config/setting.ts";
import { SETTINGS } from "#src/serve/config/settings.ts";
import { readyMadePolicies } from "./chart-policies.ts";
import { writeOrCheck } from "./generated.ts";

const CHART = join(import.meta.dirname, "..", "charts", "fairlead");

interface ChartSetting extends Setting {
  readonly chart: ChartValue;
}

const CHART_SETTINGS = SETTINGS.flatMap((setting): ChartSetting[] =>
  setting.chart === undefined ? [] : [{ ...setting, chart: setting.chart }],
);

function chartDefault({ chart, default: own }: ChartSetting): unknown {
  const value = chart.default ?? own;
  if (value === undefined) throw new Error(`the chart's value ${chart.key.join(".")} has no default`);
  return value;
}

/** Whether an empty value omits the setting from the configuration. */
function isLeftOutWhenEmpty(setting: ChartSetting): boolean {
  const value = chartDefault(setting);
  return value === "" || (Array.isArray(value) && value.length === 0);
}

/** `values.yaml` with every value of the list: existing values stay in place, new ones are appended to their map. */
function withValues(text: string): string {
  const document = parseDocument(text);
  for (const setting of CHART_SETTINGS) {
    const [group, name] = setting.chart.key;
    const map = document.get(group);
    if (!isMap(map)) throw new Error(`values.yaml: ${group} is not a map`);
    if (!map.has(name)) map.add(document.createPair(name, chartDefault(setting)));
    else if (JSON.stringify(toJson(map, name)) !== JSON.stringify(chartDefault(setting)))
      map.set(name, document.createNode(chartDefault(setting), { flow: true }));
    setComment(map, name, setting.chart.description);
  }
  return document.toString({ lineWidth: 0 });
}

function toJson(map: YAMLMap, name: string): unknown {
  const all: unknown = map.toJSON();
  return isObject(all) ? all[name] : undefined;
}

/** The comment above the first key of a map belongs to the map. */
function setComment(map: YAMLMap, name: string, description: string): void {
  const key = map.items.map((pair) => pair.key).find((key): key is Scalar => isScalar(key) && key.value === name);
  if (key === undefined) throw new Error(`values.yaml: ${name} is not there`);
  const comment = ` ${description}`;
  if (map.items[0]?.key === key && key.commentBefore == null) map.commentBefore = comment;
  else key.commentBefore = comment;
}

/** `values.schema.json` with the schema of every value of the list, and which values must be there. */
function withSchemas(text: string, values: string): JsonObject {
  const schema: unknown = JSON.parse(text);
  for (const { chart, schema: own } of CHART_SETTINGS) {
    const [group, name] = chart.key;
    propertiesOf(propertiesOf(schema, "")[group], group)[name] = chart.schema ?? own;
  }
  if (!isObject(schema)) throw new Error("values.schema.json: an object was expected");
  requireValues(schema, parse(values));
  propertiesOf(propertiesOf(schema, "")["policies"], "policies")["enabled"] = {
    type: "array",
    uniqueItems: true,
    items: { enum: readyMadePolicies() },
  };
  return schema;
}

/**
 * Has every group list what must be there as `required`: a value that `null` took away, which a template would miss
 * without a word. A list that is empty by default and a map of the user's own keys may be absent.
 */
function requireValues(schema: unknown, values: unknown): void {
  if (!isObject(schema) || !isObject(values)) return;
  const properties = propertiesOf(schema, "a group");
  schema["required"] = Object.keys(values).filter((key) => !mayBeAbsent(properties[key], values[key]));
  for (const [key, value] of Object.entries(values))
    if (isGroup(properties[key])) requireValues(properties[key], value);
}

function mayBeAbsent(schema: unknown, value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && !isGroup(schema);
}

/** Whether the schema names the keys; one that only refers to a definition describes what Kubernetes may default. */
function isGroup(schema: unknown): boolean {
  return isObject(schema) && isObject(schema["properties"]);
}

function propertiesOf(schema: unknown, name: string): JsonObject {
  if (isObject(schema) && isObject(schema["properties"])) return schema["properties"];
  throw new Error(`values.schema.json: ${name} has no properties`);
}

/** The template `fairlead.settings`, which renders the part of the configuration that values set, as JSON. */
function template(): string {
  const groups = Map.groupBy(CHART_SETTINGS, ({ path }) => (path.length === 1 ? "config" : path[0]));
  const lines = [...groups].flatMap(([group, settings]) => [
    ...(group === "config" ? [] : [`{{- $${group} := dict -}}`]),
    ...settings.map((setting) => setLine(group, setting)),
    ...(group === "config" ? [] : [`{{- $_ := set $config "${group}" $${group} -}}`]),
  ]);
  return [
    "{{/* Made by scripts/chart-settings.ts from the settings of `serve`: change them there. */}}",
    '{{- define "fairlead.settings" -}}',
    "{{- $config := dict -}}",
    ...lines,
    "{{- toJson $config -}}",
    "{{- end -}}",
    "",
  ].join("\n");
}

function setLine(group: string, setting: ChartSetting): string {
  const value = `.Values.${setting.chart.key.join(".")}`;
  const set = (of: string): string => `{{- $_ := set $${group} "${setting.path.at(-1) ?? ""}" ${of} -}}`;
  const { onlyInMode } = setting.chart;
  if (onlyInMode !== undefined) {
    return `{{- if eq .Values.certificates.mode "${onlyInMode}" -}}${set(value)}{{- end -}}`;
  }
  return isLeftOutWhenEmpty(setting) ? `{{- with ${value} -}}${set(".")}{{- end -}}` : set(value);
}

const file = (name: string): string => join(CHART, name);
const read = (name: string): string => readFileSync(file(name), "utf8");
const OPTIONS = { printWidth: 120 } as const;
const values = await format(withValues(read("values.yaml")), { ...OPTIONS, parser: "yaml" });
writeOrCheck(file("values.yaml"), values);
writeOrCheck(
  file("values.schema.json"),
  await format(JSON.stringify(withSchemas(read("values.schema.json"), values)), {
    ...OPTIONS,
    parser: "json",
    objectWrap: "collapse",
  }),
);
writeOrCheck(file("templates/_settings.tpl"), template());
