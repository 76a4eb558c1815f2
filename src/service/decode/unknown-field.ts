import { Path } from "../../field/index.ts";
import { type MessageFacts, plainText } from "../messages/index.ts";
import { type ObjectNode, type SchemaNode, SERVICE_SCHEMA } from "../schema/index.ts";
import { versionText } from "../versions/index.ts";

/**
 * Fields that are gone from a Service, or that people take from other objects, by their path without list positions; and
 * what to write instead. Source: the Service reference and the changelogs of Kubernetes.
 */
const HEIRS: ReadonlyMap<string, string> = new Map([
  ["spec.topologyKeys", "it is gone since Kubernetes 1.22; its successor is trafficDistribution"],
  ["spec.ipFamily", "it is gone since Kubernetes 1.20; its successor is the list ipFamilies"],
  ["spec.deprecatedPublicIPs", "it is gone; its successor is externalIPs"],
  ["spec.publicIPs", "it is gone; its successor is externalIPs"],
  ["spec.portalIP", "it is gone; its successor is clusterIP"],
  ["metadata.clusterName", "it is gone since Kubernetes 1.24"],
  ["metadata.initializers", "it is gone since Kubernetes 1.16"],
  ["spec.ports.containerPort", "a Service's port has port and targetPort"],
  ["spec.ports.hostPort", "only a container's port has one; a Service's port has port, targetPort and nodePort"],
  ["spec.matchLabels", "a Service's selector holds the labels themselves: write them under selector"],
  ["spec.podSelector", "a Service's selector holds the labels themselves: write them under selector"],
]);

/** The objects of a manifest that people write by hand: where a field with the right name may belong. */
const PLACES: readonly { readonly place: string; readonly node: SchemaNode | undefined }[] = [
  { place: "the top level", node: SERVICE_SCHEMA },
  { place: "metadata", node: fieldOf(SERVICE_SCHEMA, "metadata") },
  { place: "spec", node: fieldOf(SERVICE_SCHEMA, "spec") },
  { place: "spec.ports", node: itemsOf(fieldOf(fieldOf(SERVICE_SCHEMA, "spec"), "ports")) },
];

function fieldOf(node: SchemaNode | undefined, name: string): SchemaNode | undefined {
  return node?.type === "object" && Object.hasOwn(node.fields, name) ? node.fields[name] : undefined;
}

function itemsOf(node: SchemaNode | undefined): SchemaNode | undefined {
  return node?.type === "list" ? node.items : undefined;
}

/** What the message of an unknown field needs. @param trail the keys of the object that has it */
export function unknownFieldFacts(node: ObjectNode, trail: readonly (string | number)[], name: string): MessageFacts {
  const path = [...trail.filter((key) => typeof key === "string"), name].join(".");
  const since = fieldOf(node, name)?.since;
  if (since !== undefined)
    return { known: node.names, because: `it came with Kubernetes ${versionText({ minor: since })}` };
  const heir = HEIRS.get(path);
  if (heir !== undefined) return { known: node.names, because: heir };
  const plain = plainText(name).trim();
  if (plain !== name && fieldOf(node, plain) !== undefined) return { known: node.names };
  const place = PLACES.find((one) => one.node !== node && fieldOf(one.node, plain) !== undefined)?.place;
  return place === undefined
    ? { known: node.names }
    : { known: node.names, place, because: `it belongs ${place === "the top level" ? "at" : "under"} ${place}` };
}

/** Fields that the selectors of other objects have. */
const OTHER_SELECTORS: ReadonlyMap<string, string> = new Map([
  ["matchLabels", "a Service's selector holds the labels themselves; leave matchLabels out"],
  ["matchExpressions", "a Service selects by equal labels only; write the labels themselves"],
]);

const SELECTOR = Path.root.child("spec").child("selector").toString();

/** What the message of an entry of a map needs if its value is not a string: in a selector it may be a field. */
export function entryFacts(map: Path, key: string): MessageFacts {
  if (map.toString() !== SELECTOR) return {};
  const other = OTHER_SELECTORS.get(key);
  if (other !== undefined) return { because: other };
  const place = PLACES.find(({ node }) => fieldOf(node, key) !== undefined)?.place;
  return place === undefined ? {} : { because: `${key} is not a label: it belongs under ${place}` };
}
