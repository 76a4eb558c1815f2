import { equalJson } from "../../../field/index.ts";
import { applyStaticDefaults } from "../../../service/index.ts";
import { type Service, SERVICE_SCHEMA, type ServiceSpec } from "../../../service/schema/index.ts";
import { and, type Cel, isFieldWritten, isNodePortWritten, or, quoted, quotedList } from "../../in-cel/index.ts";
import { byCel, defineRule, LABELS, METADATA, ownValue, type RuleContext, SPEC } from "../kit/index.ts";
import { celOfProtection, compileProtection, protection } from "./protection.ts";

export const updateProtection = defineRule({
  meta: {
    id: "update-protection",
    title: "Marked Services are not changed",
    fault: "a protected Service is changed",
    why: "Other teams or partners depend on some Services: their ports, addresses and selectors must not change by accident.",
    group: "team",
    operations: ["update"],
    inStatus: ["labels", "owners"],
    guardsStored: true,
  },
  parameters: protection,
  messages: {
    changed: {
      text: "the Service {name} is protected by the label {label}: {field} must not change",
      fix: "leave {field} as it is stored",
    },
    unmarked: {
      text: "the label {label} protects the Service {name} and must not be changed",
      fix: "leave the label as it is stored",
    },
    owned: {
      text: "the Service {name} is protected by the label {label}: it would be deleted together with the owner {found}",
      fix: "leave metadata.ownerReferences as they are stored",
    },
  },
  check: (parameters) => {
    const isProtected = compileProtection(parameters);
    const { label, value } = parameters;
    return (service, context) => {
      const { facts, oldService, operation } = context;
      if (oldService === undefined || !isProtected(oldService, facts)) return [];
      // A write of the status does not change the spec.
      const changed = operation === "status" ? [] : changedFields(service, oldService, context);
      const found = ownValue(service.metadata.labels, label);
      return [
        ...changed.map((field) => ({
          says: "changed" as const,
          path: SPEC.child(field),
          facts: { label, field: `spec.${field}` },
        })),
        ...(found === value ? [] : [{ says: "unmarked" as const, path: LABELS.key(label), found, facts: { label } }]),
        ...newOwners(service, oldService).map((one) => ({ says: "owned" as const, ...one, facts: { label } })),
      ];
    };
  },
  cel: (parameters) => {
    const { label, value } = parameters;
    const isProtected = celOfProtection(parameters);
    const isSpecWritten = 'request.?subResource.orValue("") == ""';
    const at = { facts: { label } };
    return [
      {
        says: "changed",
        each: { of: quotedList(SPEC_FIELDS), names: ["index", "field"] as const },
        where: and(isProtected, isSpecWritten, FIELD_CHANGED),
        path: "{field}",
        facts: { label, field: byCel('"spec." + field') },
      },
      {
        ...at,
        says: "changed",
        where: and(isProtected, isSpecWritten, PORTS_CHANGED),
        path: "spec.ports",
        facts: { label, field: "spec.ports" },
      },
      {
        ...at,
        says: "unmarked",
        where: and(isProtected, `variables.labels[?${quoted(label)}].orValue("") != ${quoted(value)}`),
        path: `metadata.labels[${label}]`,
        found: byCel(`variables.labels[?${quoted(label)}].orValue("(none)")`),
      },
      {
        ...at,
        says: "owned",
        each: { of: "object.metadata.?ownerReferences.orValue([])", names: ["index", "owner"] as const },
        where: and(
          isProtected,
          "!oldObject.metadata.?ownerReferences.orValue([]).exists(known, known.uid == owner.uid)",
        ),
        path: "metadata.ownerReferences[{index}]",
        found: byCel('owner.kind + "/" + owner.name'),
      },
    ];
  },
  examples: {
    good: [
      {
        name: "no label",
        operation: "update",
        old: { spec: { selector: { app: "old" } } },
        spec: { selector: { app: "shop" } },
      },
      {
        name: "the label, and only an annotation changes",
        operation: "update",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        metadata: { labels: { "fairlead.dev/protected": "true" }, annotations: { "example.com/seen": "today" } },
      },
    ],
    bad: [
      {
        name: "the label, and the selector changes",
        operation: "update",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } }, spec: { selector: { app: "old" } } },
        metadata: { labels: { "fairlead.dev/protected": "true" } },
        spec: { selector: { app: "shop" } },
        finds: ["spec.selector"],
      },
      {
        name: "the label is removed",
        operation: "update",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        finds: ["metadata.labels[fairlead.dev/protected]"],
      },
      {
        name: "an owner is added, with which the garbage collector deletes the Service",
        operation: "status",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        metadata: {
          labels: { "fairlead.dev/protected": "true" },
          ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "none", uid: "b0c5" }],
        },
        finds: ["metadata.ownerReferences[0]"],
      },
    ],
  },
});

/** The fields of the spec that differ, except values that the API server allocated or carried over. */
function changedFields(service: Service, stored: Service, { isWritten, version }: RuleContext): readonly string[] {
  const old = applyStaticDefaults(stored, version);
  const isAllocated = (index: number): boolean => !isWritten(SPEC.child("ports").index(index).child("nodePort"));
  const now = new Map<string, unknown>(Object.entries(withoutAllocated(service, isAllocated)));
  const before = new Map<string, unknown>(Object.entries(withoutAllocated(old, isAllocated)));
  const names = new Set([...now.keys(), ...before.keys()]);
  return [...names].filter(
    (name) =>
      !equalJson(now.get(name), before.get(name)) && (before.get(name) !== undefined || isWritten(SPEC.child(name))),
  );
}

function withoutAllocated({ spec }: Service, isAllocated: (index: number) => boolean): ServiceSpec {
  if (spec.ports === undefined) return spec;
  return {
    ...spec,
    ports: spec.ports.map(({ nodePort, ...port }, i) =>
      isAllocated(i) ? port : { ...port, ...(nodePort !== undefined && { nodePort }) },
    ),
  };
}

/** The owner references that the stored Service does not have. */
function newOwners(service: Service, { metadata: stored }: Service) {
  const known = new Set((stored.ownerReferences ?? []).map(({ uid }) => uid));
  return (service.metadata.ownerReferences ?? []).flatMap(({ kind, name, uid }, index) =>
    known.has(uid) ? [] : [{ path: METADATA.child("ownerReferences").index(index), found: `${kind}/${name}` }],
  );
}

/** The fields of a spec; the ports are compared one by one. */
const SPEC_FIELDS = specFields().filter((name) => name !== "ports");

/** Whether the field of the spec that `field` names changed, but for one that the API server has just allocated. */
const FIELD_CHANGED: Cel = and(
  "dyn(object.spec)[?field] != dyn(oldObject.spec)[?field]",
  or("field in dyn(oldObject.spec)", isFieldWritten('("f:" + field)')),
);

const [PORTS_NOW, PORTS_BEFORE] = ["variables.ports", "oldObject.spec.?ports.orValue([])"];

/** Whether the ports changed, but for node ports that the API server has allocated. */
const PORTS_CHANGED: Cel = or(
  `${PORTS_NOW}.size() != ${PORTS_BEFORE}.size()`,
  `${PORTS_NOW}.exists(index, port, [${PORTS_BEFORE}[index]].exists(before, ${or(
    ...["name", "protocol", "port", "targetPort", "appProtocol"].map((field) => `port.?${field} != before.?${field}`),
    and("has(port.nodePort)", isNodePortWritten("port"), "port.?nodePort != before.?nodePort"),
  )}))`,
);

function specFields(): readonly string[] {
  const { spec } = SERVICE_SCHEMA.fields;
  return spec?.type === "object" ? spec.names : [];
}
