import { BOOL, DYN, INT, listType, mapType, objectType, STRING, TIMESTAMP, type Type } from "../types/index.ts";

/** The fields of types, by the names of type and field. */
export type ObjectTypes = ReadonlyMap<string, ReadonlyMap<string, Type>>;

const NAMESPACE = objectType("kubernetes.Namespace");
const REQUEST = objectType("kubernetes.AdmissionRequest");
const KIND = objectType("kubernetes.GroupVersionKind");
const RESOURCE = objectType("kubernetes.GroupVersionResource");

/** The variables that expressions of admission policies have besides the objects, whose types differ. */
export const ADMISSION_VARIABLES: Readonly<Record<string, Type>> = {
  namespaceObject: NAMESPACE,
  request: REQUEST,
};

const FIELDS: Readonly<Record<string, Readonly<Record<string, Type>>>> = {
  [KIND.name]: { group: STRING, version: STRING, kind: STRING },
  [RESOURCE.name]: { group: STRING, version: STRING, resource: STRING },
  "kubernetes.UserInfo": {
    username: STRING,
    uid: STRING,
    groups: listType(STRING),
    extra: mapType(STRING, listType(STRING)),
  },
  [REQUEST.name]: {
    kind: KIND,
    resource: RESOURCE,
    subResource: STRING,
    requestKind: KIND,
    requestResource: RESOURCE,
    requestSubResource: STRING,
    name: STRING,
    namespace: STRING,
    operation: STRING,
    userInfo: objectType("kubernetes.UserInfo"),
    dryRun: BOOL,
    options: DYN,
  },
  "kubernetes.NamespaceSpec": { finalizers: listType(STRING) },
  "kubernetes.NamespaceCondition": {
    status: STRING,
    type: STRING,
    lastTransitionTime: TIMESTAMP,
    message: STRING,
    reason: STRING,
  },
  "kubernetes.NamespaceStatus": {
    conditions: listType(objectType("kubernetes.NamespaceCondition")),
    phase: STRING,
  },
  "kubernetes.NamespaceMetadata": {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: mapType(STRING, STRING),
    annotations: mapType(STRING, STRING),
    UID: STRING,
    creationTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    deletionTimestamp: TIMESTAMP,
    generation: INT,
    resourceVersion: STRING,
    finalizers: listType(STRING),
  },
  [NAMESPACE.name]: {
    metadata: objectType("kubernetes.NamespaceMetadata"),
    spec: objectType("kubernetes.NamespaceSpec"),
    status: objectType("kubernetes.NamespaceStatus"),
  },
};

/**
 * The types of `request` and `namespaceObject`. Source: BuildRequestType and BuildNamespaceType of the API server's
 * admission plugin.
 */
export const ADMISSION_TYPES: ObjectTypes = new Map(
  Object.entries(FIELDS).map(([name, fields]) => [name, new Map(Object.entries(fields))]),
);
