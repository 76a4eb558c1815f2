import { isFamilyServed } from "./served-families.ts";
import {
  FIELD_HELP,
  NEWER_TRAFFIC_DISTRIBUTIONS,
  type SchemaNode,
  SERVICE_SCHEMA,
  TRAFFIC_DISTRIBUTIONS,
} from "../../service/schema/index.ts";
import { fieldSince, hasFeature, versionText } from "../../service/versions/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import type { Analysis, AnalysedService } from "../analysis/index.ts";
import { scalarAt, type SketchNode, nodeAt } from "../cursor/index.ts";
import { annotationExpected, annotationPage, annotationWords } from "./annotations.ts";
import { entryOf } from "./entry-of.ts";
import { fieldName, fieldPage, valueMeaning } from "./field-page.ts";
import { FIELD_TYPES, NOT_FOR_MANIFESTS, USUAL_FIELDS } from "./service-order.ts";
import { storedRemark } from "./stored-remark.ts";
import { COMMON_LABELS, VALUE_MEANINGS } from "./value-meanings.ts";
import { TARGET_PORT, targetPortWords } from "./target-ports.ts";
import { code, type Expected, type FieldWord, paragraphs, RANKS, type Word } from "./word.ts";

/** A Service of a text, and what its words depend on. */
export interface ServiceSubject {
  readonly analysis: Analysis;
  readonly node: SketchNode | undefined;
  /** What the analysis knows of it; undefined if the text does not parse. */
  readonly service: AnalysedService | undefined;
}

const LABEL: Expected = { type: "text", isText: true };

/** What the place in a Service takes; undefined for a field that it does not have. @param keys from the manifest on */
export function serviceExpected(subject: ServiceSubject, keys: KeyPath): Expected | undefined {
  let node: SchemaNode | undefined = SERVICE_SCHEMA;
  for (const [index, key] of keys.entries()) {
    if (node.type === "map") return index === keys.length - 1 ? entryExpected(keys) : undefined;
    if (node.type === "list") node = node.items;
    else if (node.type === "object" && typeof key === "string" && Object.hasOwn(node.fields, key))
      node = node.fields[key];
    else return undefined;
    if (node === undefined) return undefined;
  }
  return expected(subject, keys, node);
}

function entryExpected(keys: KeyPath): Expected {
  const key = keys.at(-1);
  return keys.at(-2) === "annotations" && typeof key === "string" ? annotationExpected(key) : LABEL;
}

function expected(subject: ServiceSubject, keys: KeyPath, node: SchemaNode): Expected {
  const values = (): readonly Word[] => valuesOf(subject, keys, node);
  switch (node.type) {
    case "object":
      return { type: "object", fields: () => fieldsOf(subject, keys, node.fields) };
    case "map":
      return { type: "map", fields: () => entriesOf(subject, keys) };
    case "list":
      return { type: "list", items: expected(subject, [...keys, 0], node.items) };
    case "boolean":
      return { type: "boolean", values };
    case "int32":
    case "int64":
      return { type: "number" };
    case "raw":
      return { type: "any" };
    default:
      return { type: "text", values };
  }
}

function typeOf({ node }: ServiceSubject): string {
  return scalarAt(nodeAt(node, ["spec"]), "type") ?? "ClusterIP";
}

function fieldsOf(
  subject: ServiceSubject,
  keys: KeyPath,
  fields: Readonly<Record<string, SchemaNode>>,
): readonly FieldWord[] {
  const parent = keys.length === 0 ? "" : fieldName(keys);
  const usual = entryOf(USUAL_FIELDS, parent) ?? [];
  return Object.entries(fields).map(([name, node], index): FieldWord => {
    const path = [...keys, name];
    const place = usual.indexOf(name);
    const placed = place < 0 ? RANKS.other + index : place;
    const remark = remarkOn(subject, fieldName(path));
    const help = fieldPage(fieldName(path), storedRemark(subject.service, path));
    const only = entryOf(ONLY, fieldName(path));
    return {
      label: name,
      kind: "field",
      detail: remark?.text ?? shortPurpose(fieldName(path)),
      ...(help !== undefined && { help }),
      takes: expected(subject, path, node),
      rank: remark === undefined ? placed : remark.rank + index,
      ...(only !== undefined && { only }),
    };
  });
}

/** Fields of a Service that can have one value only. */
const ONLY: Readonly<Record<string, string>> = { apiVersion: "v1", kind: "Service" };

/** Why a field is probably not what is wanted. */
function remarkOn(subject: ServiceSubject, name: string): { readonly text: string; readonly rank: number } | undefined {
  const { version } = subject.analysis.context.settings;
  const { since } = entryOf(FIELD_HELP, name) ?? {};
  const minor = typeof since === "string" ? fieldSince(since) : (since ?? 0);
  if (minor > version.minor) {
    const text = `since Kubernetes ${versionText({ minor })}; checked for ${versionText(version)}`;
    return { text, rank: RANKS.unavailable };
  }
  const why = entryOf(NOT_FOR_MANIFESTS, name);
  if (why !== undefined) return { text: why, rank: RANKS.deprecated };
  const types = entryOf(FIELD_TYPES, name);
  const isOfType = types?.some((type) => type === typeOf(subject)) ?? true;
  return isOfType || types === undefined ? undefined : { text: `for type ${types.join(", ")}`, rank: RANKS.elsewhere };
}

function shortPurpose(name: string): string {
  const purpose = entryOf(FIELD_HELP, name)?.purpose ?? "";
  return /^.*?[.;:](?= |$)/.exec(purpose)?.[0].replace(/[.;:]$/, "") ?? purpose;
}

function entriesOf(subject: ServiceSubject, keys: KeyPath): readonly FieldWord[] {
  if (keys.at(-1) === "annotations") return annotationWords(typeOf(subject), subject.analysis.context.policies);
  return Object.entries(COMMON_LABELS).map(([label, help], index) => ({
    label,
    kind: "label",
    detail: help,
    help,
    takes: LABEL,
    rank: index,
  }));
}

function valuesOf(subject: ServiceSubject, keys: KeyPath, node: SchemaNode): readonly Word[] {
  const name = fieldName(keys).replace(/\[\]$/, "");
  if (node.type === "boolean") return ["true", "false"].map((label, rank) => ({ label, rank }));
  const only = entryOf(ONLY, name);
  if (only !== undefined) return [{ label: only, rank: 0 }];
  if (name === TARGET_PORT) return targetPortWords(subject.node, keys, subject.analysis);
  const values = entryOf(FIELD_HELP, name)?.values ?? Object.keys(entryOf(VALUE_MEANINGS, name) ?? {});
  return values.map((label, index) => {
    const help = valueMeaning(name, label);
    const remark = valueRemark(subject, name, label);
    return {
      label,
      rank: (remark === undefined ? RANKS.usual : RANKS.unavailable) + index,
      ...(help !== undefined && { help }),
      ...(remark !== undefined && { detail: remark }),
    };
  });
}

/** Why a value is refused here. */
function valueRemark({ analysis, node }: ServiceSubject, name: string, value: string): string | undefined {
  const { version, cluster } = analysis.context.settings;
  if (name === "spec.trafficDistribution" && !hasFeature(version, "preferSameTrafficDistribution")) {
    const older: readonly string[] = TRAFFIC_DISTRIBUTIONS;
    if (!older.includes(value) && NEWER_TRAFFIC_DISTRIBUTIONS.some((one) => one === value)) {
      return `not in Kubernetes ${versionText(version)}`;
    }
  }
  if (name === "spec.ipFamilies" && !isFamilyServed(cluster, value)) return "the cluster has no range of this family";
  const isHeadless = scalarAt(nodeAt(node, ["spec"]), "clusterIP") === "None";
  if (name === "spec.type" && isHeadless && (value === "NodePort" || value === "LoadBalancer")) {
    return "a headless Service cannot have this type";
  }
  return undefined;
}

/** The help for a key or a value of a Service, in Markdown; undefined if nothing is known of it. */
export function servicePage(subject: ServiceSubject, keys: KeyPath, value: string | undefined): string | undefined {
  const parent = keys.at(-2);
  const last = keys.at(-1);
  const name = fieldName(keys);
  if (typeof last === "string" && keys.length === 3 && keys[0] === "metadata" && parent === "annotations") {
    return annotationPage(last);
  }
  if (typeof last === "string" && parent === "labels" && keys.length === 3) {
    const meaning = entryOf(COMMON_LABELS, last);
    return meaning === undefined ? undefined : paragraphs(code(last), meaning);
  }
  const listName = name.replace(/\[\]$/, "");
  const remark = storedRemark(subject.service, keys);
  const page = fieldPage(name, remark) ?? fieldPage(listName, remark);
  const meaning = value === undefined ? undefined : valueMeaning(listName, value);
  if (page === undefined || meaning === undefined || value === undefined) return page;
  return paragraphs(`${code(value)}: ${meaning}`, page);
}
