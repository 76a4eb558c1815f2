import type { ApplyRefusal } from "#src/service/merge/index.ts";
import { equalJson, isObject } from "#src/field/index.ts";
import type { OldService, Update } from "#src/examine/before/index.ts";
import type { Settings } from "#src/examine/settings/settings.ts";
import { FILES } from "../session/index.ts";
import type { SentService } from "./services.ts";
import { metadataOf, namesOf, type PrintedLine, quiet, ruleOf, type Statement } from "./told.ts";

/** Why the client sends nothing. */
export interface ClientRefusal {
  readonly printed: readonly PrintedLine[];
  readonly statements: readonly Statement[];
}

/** What the client does before it sends anything. */
export interface ClientWork {
  /** What it sends, or merges with the stored object. */
  readonly object: unknown;
  readonly statements: readonly Statement[];
  readonly refusal: ClientRefusal | undefined;
}

/**
 * What kubectl does with a Service before it asks the server to store it. Tried with kubectl 1.33: it clears a resource version
 * before it creates an object, except with --server-side, keeps the last of two equal keys, and applies only what has a name.
 */
export function clientWork(sent: SentService, before: OldService | undefined, { apply }: Settings): ClientWork {
  const statements: Statement[] = [];
  let { object } = sent;
  for (const { path, isMerged } of sent.duplicates) {
    if (isMerged === true) continue;
    const text = "is set more than once: kubectl keeps the last one";
    statements.push({ tone: "warning", field: path.toString(), text, rule: ruleOf("duplicate-field") });
  }
  const { resourceVersion, ...metadata } = metadataOf(object);
  if (before === undefined && apply !== "server-side" && resourceVersion !== undefined && isObject(object)) {
    object = { ...object, metadata };
    const text = "is left out by kubectl before it creates an object";
    statements.push({ ...quiet("metadata.resourceVersion", text), rule: ruleOf("resource-version-on-create") });
  }
  return { object, statements, refusal: apply === "replace" ? undefined : nameRefusal(sent, apply) };
}

/** kubectl apply has to know which object to change. */
function nameRefusal({ object, namespace }: SentService, apply: Settings["apply"]): ClientRefusal | undefined {
  const { name, generateName } = namesOf(object);
  const metadata = metadataOf(object);
  // A name that is no text is refused by the server.
  if (name !== "" || (metadata["name"] !== undefined && metadata["name"] !== null && metadata["name"] !== ""))
    return undefined;
  if (generateName !== "") {
    return {
      printed: [{ text: `error: from ${generateName}: cannot use generate name with apply` }],
      statements: [
        {
          tone: "error",
          field: "metadata.generateName",
          text: "kubectl apply needs a name",
          fix: "give the Service a name, or use kubectl create",
        },
      ],
    };
  }
  const printed =
    apply === "server-side"
      ? ["error: resource name may not be empty"]
      : [
          "error: error when retrieving current configuration of:",
          ...objectLines("", namespace),
          `from server for: "${FILES.manifest}": resource name may not be empty`,
        ];
  return {
    printed: printed.map((text) => ({ text })),
    statements: [
      {
        tone: "error",
        field: "metadata.name",
        text: "kubectl apply needs a name",
        fix: "give the Service a name",
      },
    ],
  };
}

/** How kubectl names an object in an error. */
export function objectLines(name: string, namespace: string): readonly string[] {
  return [
    'Resource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"',
    `Name: "${name}", Namespace: "${namespace}"`,
  ];
}

/** Why the manifest cannot be merged with the stored object. */
export function mergeRefusal(refusal: ApplyRefusal): ClientRefusal {
  if (refusal.reason === "conflict") {
    const { conflicts } = refusal;
    const list = conflicts.map(({ field, manager }) => `${field} (${manager})`).join(", ");
    const several = conflicts.length === 1 ? "" : "s";
    return {
      printed: [
        { text: `error: Apply failed with ${conflicts.length} conflict${several}: `, told: list },
        { text: "Please review the fields above--they currently have other managers. …" },
      ],
      statements: conflicts.map(({ field, manager }) => ({
        tone: "error",
        field,
        text: `is owned by ${manager}, with another value`,
        fix: "leave the field out, use the stored value, or take the field over with --force-conflicts",
        rule: ruleOf("apply-conflict"),
      })),
    };
  }
  const text = `the ports with the number ${String(refusal.number)} are not next to each other, and kubectl apply identifies ports by their number only`;
  return {
    printed: [
      { text: `Error from server: error when applying patch: … error when patching "${FILES.manifest}": `, told: text },
    ],
    statements: [
      {
        tone: "error",
        field: "spec.ports",
        text,
        fix: "list them one after the other, or use kubectl apply --server-side",
        rule: ruleOf("apply-fails"),
      },
    ],
  };
}

/** Whether the update leaves the stored object as it is. */
export function isSameObject({ request: { object, oldObject } }: Update): boolean {
  // The server does not store empty annotations.
  return equalJson(withMetadata(object, { annotations: {} }), withMetadata(oldObject, { annotations: {} }));
}

/** Whether `kubectl apply` finds nothing to change, its own note of what was applied included. */
export function isUnchanged(before: OldService, update: Update, { object, namespace }: SentService): boolean {
  // As kubectl notes a manifest in the object.
  const noted = (manifest: unknown): unknown => withMetadata(manifest, { annotations: {}, namespace });
  return isSameObject(update) && equalJson(noted(before.applied), noted(object));
}

function withMetadata(object: unknown, defaults: Readonly<Record<string, unknown>>): unknown {
  return isObject(object) ? { ...object, metadata: { ...defaults, ...metadataOf(object) } } : object;
}
