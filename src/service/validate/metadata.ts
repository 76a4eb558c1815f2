import { Path, toLower, utf8Length } from "../../field/index.ts";
import type { Findings } from "../findings/index.ts";
import {
  generatedName,
  isDNS1035Label,
  isDNSLabel,
  isLabelValue,
  isQualifiedName,
  type ObjectMeta,
  type OwnerReference,
  validatedPrefix,
} from "../schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";

const METADATA = Path.root.child("metadata");
const LABELS = METADATA.child("labels");
const ANNOTATIONS = METADATA.child("annotations");
const OWNERS = METADATA.child("ownerReferences");
const FINALIZERS = METADATA.child("finalizers");
const ANNOTATIONS_MAX_BYTES = 256 * 1024;
const STANDARD_FINALIZERS: readonly string[] = ["kubernetes", "orphan", "foregroundDeletion"];

/** Validates the metadata of a new Service: the general rules, and those for the name of a Service. */
export function validateNewMetadata(metadata: ObjectMeta, version: KubernetesVersion, findings: Findings): void {
  validateName(metadata, version, findings);
  validateMetadata(metadata, findings);
}

/** Validates the metadata of any object, except for its name. */
function validateMetadata(metadata: ObjectMeta, findings: Findings): void {
  if (metadata.namespace !== undefined && !isDNSLabel(metadata.namespace)) {
    findings.add("namespace-format", METADATA.child("namespace"), metadata.namespace);
  }
  if (metadata.generation !== undefined && metadata.generation < 0) {
    findings.add("negative", METADATA.child("generation"), metadata.generation);
  }
  validateLabels(metadata.labels, LABELS, findings);
  validateAnnotations(metadata.annotations, findings);
  validateOwners(metadata.ownerReferences, findings);
  validateFinalizers(metadata.finalizers, findings);
}

function validateName(metadata: ObjectMeta, version: KubernetesVersion, findings: Findings): void {
  const isRelaxed = hasFeature(version, "relaxedServiceName");
  const isName = isRelaxed ? isDNSLabel : isDNS1035Label;
  const startsWith = isRelaxed ? "a letter or digit" : "a letter";
  const { generateName } = metadata;
  // The server has already generated the name when it validates.
  const name = metadata.name ?? generatedName(generateName);
  if (generateName !== undefined && !isName(validatedPrefix(generateName))) {
    findings.add("name-format", METADATA.child("generateName"), generateName, { startsWith });
  }
  if (name === undefined) findings.add("name-required", METADATA.child("name"));
  else if (!isName(name)) findings.add("name-format", METADATA.child("name"), name, { startsWith });
}

/** Validates labels, and selectors, which have the same form. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: Path,
  findings: Findings,
): void {
  if (labels === undefined) return;
  for (const key of Object.keys(labels)) {
    findings.checkpoint();
    if (findings.canStop) return;
    if (!isQualifiedName(key)) findings.add("label-key", path.key(key), key);
    const value = labels[key] ?? "";
    if (!isLabelValue(value)) findings.add("label-value", path.key(key), value);
  }
}

function validateAnnotations(annotations: Readonly<Record<string, string>> | undefined, findings: Findings): void {
  if (annotations === undefined) return;
  const keys = Object.keys(annotations);
  let length = 0;
  for (const key of keys) {
    findings.checkpoint();
    // The server converts the key to lower case first: capitals are allowed in a prefix.
    if (!findings.canStop && !isQualifiedName(key) && !isQualifiedName(toLower(key)))
      findings.add("annotation-key", ANNOTATIONS.key(key), key);
    length += key.length + (annotations[key] ?? "").length;
  }
  // A UTF-16 unit is at most three bytes in UTF-8: few annotations need an exact count.
  if (length * 3 <= ANNOTATIONS_MAX_BYTES) return;
  let bytes = 0;
  for (const key of keys) bytes += utf8Length(key) + utf8Length(annotations[key] ?? "");
  if (bytes > ANNOTATIONS_MAX_BYTES)
    findings.add("annotations-too-long", ANNOTATIONS, bytes, { max: ANNOTATIONS_MAX_BYTES });
}

function validateOwners(owners: readonly OwnerReference[] | undefined, findings: Findings): void {
  if (owners === undefined) return;
  for (const [i, owner] of owners.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    const at = OWNERS.index(i);
    const slashes = owner.apiVersion.split("/").length - 1;
    if (slashes > 1 || owner.apiVersion.split("/").at(-1) === "") {
      findings.add("owner-api-version", at.child("apiVersion"), owner.apiVersion);
    }
    for (const field of ["kind", "name", "uid"] as const) {
      if (owner[field] === "") findings.add("owner-field-empty", at.child(field), "");
    }
    if (/^\/?v1$/.test(owner.apiVersion) && owner.kind === "Event") findings.add("owner-forbidden", at, "Event");
  }
  const controllers = owners.filter((owner) => owner.controller === true);
  if (controllers.length > 1) {
    findings.add(
      "two-controllers",
      OWNERS,
      controllers.map((owner) => owner.name),
    );
  }
}

function validateFinalizers(finalizers: readonly string[] | undefined, findings: Findings): void {
  if (finalizers === undefined) return;
  for (const [i, finalizer] of finalizers.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    if (!isQualifiedName(finalizer)) findings.add("finalizer-format", FINALIZERS.index(i), finalizer);
    if (!finalizer.includes("/") && !STANDARD_FINALIZERS.includes(finalizer)) {
      findings.add("finalizer-unqualified", FINALIZERS.index(i), finalizer, { allowed: STANDARD_FINALIZERS });
    }
  }
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    findings.add("finalizers-conflict", FINALIZERS, finalizers);
  }
}

const IMMUTABLE = ["name", "namespace", "uid", "deletionTimestamp", "deletionGracePeriodSeconds"] as const;

/** Validates the metadata of an update: a stored name is not validated again; only a change of it is refused. */
export function validateMetadataUpdate(metadata: ObjectMeta, old: ObjectMeta, findings: Findings): void {
  const { generateName } = metadata;
  if (generateName !== undefined && /[/%]/.test(generateName)) {
    findings.add("name-in-path", METADATA.child("generateName"), generateName);
  }
  validateMetadata(metadata, findings);
  for (const field of IMMUTABLE) {
    if (metadata[field] !== undefined && metadata[field] !== old[field]) {
      {
        const stored = old[field] === undefined ? {} : { other: String(old[field]) };
        findings.add("immutable", METADATA.child(field), metadata[field], stored);
      }
    }
  }
  if (old.deletionTimestamp === undefined) return;
  const stored = new Set(old.finalizers);
  const added = (metadata.finalizers ?? []).filter((finalizer) => !stored.has(finalizer));
  if (added.length > 0) findings.add("finalizer-while-deleted", FINALIZERS, added);
}
