import type { KeyPath } from "#src/text/document/index.ts";

/** A text in which somebody is typing, and what is offered there. */
export interface Situation {
  /** The text, with | at the cursor. */
  readonly text: string;
  readonly file?: string;
  /** Where the keys or values end up. */
  readonly at: KeyPath;
  /** Labels among those offered, the first of them first of all. */
  readonly offered: readonly string[];
  readonly notOffered?: readonly string[];
  /** Whether values are offered, for `at` itself. */
  readonly isValue?: boolean;
}

const SERVICE = "apiVersion: v1\nkind: Service\n";
const POLICY = "apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\n";
const AWS = "service.beta.kubernetes.io/aws-load-balancer-scheme";

/** Situations by what they are about. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  "the top of a Service": { text: `${SERVICE}|\n`, at: [], offered: ["metadata", "spec"], notOffered: ["kind"] },
  "between two keys": { text: `kind: Service\n|\nspec: {}\n`, at: [], offered: ["apiVersion", "metadata"] },
  "an empty line in the spec": {
    text: `${SERVICE}spec:\n  type: NodePort\n  |\n`,
    at: ["spec"],
    offered: ["selector", "ports", "sessionAffinity", "sessionAffinityConfig"],
    notOffered: ["type"],
  },
  "a line that is not in far enough": {
    text: `${SERVICE}spec:\n    type: NodePort\n  |\n`,
    at: ["spec"],
    offered: ["selector"],
  },
  "an empty line above ports, not indented": {
    text: `${SERVICE}spec:\n  ports:\n|\n    - port: 80\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
    notOffered: ["metadata", "type"],
  },
  "an empty line above ports, indented like the key": {
    text: `${SERVICE}spec:\n  ports:\n  |\n    - port: 80\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
    notOffered: ["metadata", "type"],
  },
  "an empty line above ports in the column of the key": {
    text: `${SERVICE}spec:\n  ports:\n  |\n  - port: 80\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
    notOffered: ["type"],
  },
  "an empty line above a port, not indented": {
    text: `${SERVICE}spec:\n  ports:\n    - port: 80\n|\n    - port: 81\n`,
    at: ["spec", "ports", 1],
    offered: ["name", "port"],
  },
  "an empty line within a port, not indented": {
    text: `${SERVICE}spec:\n  ports:\n    - port: 80\n|\n      protocol: TCP\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "targetPort"],
    notOffered: ["metadata", "protocol"],
  },
  "an empty line within the spec, not indented": {
    text: `${SERVICE}spec:\n  type: NodePort\n|\n  ports: []\n`,
    at: ["spec"],
    offered: ["selector"],
    notOffered: ["metadata", "ports"],
  },
  "an empty line within the spec, behind an inner map": {
    text: `${SERVICE}spec:\n  selector:\n    a: b\n  |\n  ports: []\n`,
    at: ["spec"],
    offered: ["type"],
    notOffered: ["metadata", "selector"],
  },
  "half a key at the end": {
    text: `${SERVICE}spec:\n  type: NodePort\n  sessionAff|\n`,
    at: ["spec"],
    offered: ["sessionAffinity"],
  },
  "half a key alone": { text: `${SERVICE}spec:\n  sessionAff|\n`, at: ["spec"], offered: ["type", "sessionAffinity"] },
  "half a key before others": {
    text: `${SERVICE}spec:\n  sess|\n  type: NodePort\n`,
    at: ["spec"],
    offered: ["selector"],
  },
  "a key that has its colon": { text: `${SERVICE}spec:\n  typ|: NodePort\n`, at: ["spec"], offered: ["type"] },
  "below ports, further in": {
    text: `${SERVICE}spec:\n  ports:\n    |\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
  },
  "below ports, far in": {
    text: `${SERVICE}spec:\n  ports:\n        |\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
  },
  "an item without its dash": {
    text: `${SERVICE}spec:\n  ports:\n    - port: 80\n      name: a\n    na|\n`,
    at: ["spec", "ports", 1],
    offered: ["name", "port"],
  },
  "half an item of ports": {
    text: `${SERVICE}spec:\n  ports:\n    na|\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
  },
  "a dash": { text: `${SERVICE}spec:\n  ports:\n    - |\n`, at: ["spec", "ports", 0], offered: ["name", "port"] },
  "a dash with no blank": {
    text: `${SERVICE}spec:\n  ports:\n    -|\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
  },
  "a dash and half a key": {
    text: `${SERVICE}spec:\n  ports:\n  - por|\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "port"],
  },
  "the next key of a port": {
    text: `${SERVICE}spec:\n  ports:\n  - port: 80\n    |\n`,
    at: ["spec", "ports", 0],
    offered: ["name", "protocol"],
    notOffered: ["port"],
  },
  "a map in braces": { text: `${SERVICE}spec: { type: NodePort, | }\n`, at: ["spec"], offered: ["selector", "ports"] },
  "a map in braces, without the comma": {
    text: `${SERVICE}spec: { |type: NodePort }\n`,
    at: ["spec"],
    offered: ["type"],
  },
  "an empty map in braces": { text: `${SERVICE}spec: {|}\n`, at: ["spec"], offered: ["type", "ports"] },
  JSON: {
    text: '{"apiVersion": "v1", "kind": "Service", "spec": {"type": "NodePort", |}}',
    at: ["spec"],
    offered: ["selector", "ports"],
  },
  "JSON, half a key": {
    text: '{"apiVersion": "v1", "kind": "Service", "spec": {"po|"}}',
    at: ["spec"],
    offered: ["type", "ports"],
  },
  "JSON, a new line": {
    text: '{\n  "apiVersion": "v1",\n  "kind": "Service",\n  "spec": {\n    "type": "NodePort"\n    |\n  }\n}\n',
    at: ["spec"],
    offered: ["selector", "ports"],
  },
  "JSON, a list of objects": {
    text: '{"apiVersion": "v1", "kind": "Service", "spec": {"ports": [|]}}',
    at: ["spec", "ports", 0],
    offered: ["name"],
  },
  "a List": {
    text: "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  spec:\n    |\n",
    at: ["items", 0, "spec"],
    offered: ["type", "ports"],
  },
  "the top of a Service behind a byte order mark": {
    text: `\ufeff${SERVICE}|\n`,
    at: [],
    offered: ["metadata"],
    notOffered: ["apiVersion", "kind"],
  },
  "the spec of a Service behind a byte order mark": {
    text: `\ufeffspec:\n  |\nkind: Service\n`,
    at: ["spec"],
    offered: ["type"],
  },
  "a Service behind a byte order mark and a separator": {
    text: `\ufeff---\n${SERVICE}|\n`,
    at: [],
    offered: ["metadata"],
    notOffered: ["kind"],
  },
  "the second document": { text: `kind: Deployment\n---\n${SERVICE}spec:\n  |\n`, at: ["spec"], offered: ["type"] },
  annotations: {
    text: `${SERVICE}metadata:\n  annotations:\n    service.beta|\n`,
    at: ["metadata", "annotations"],
    offered: [AWS],
  },
  labels: {
    text: `${SERVICE}metadata:\n  labels:\n    |\n`,
    at: ["metadata", "labels"],
    offered: ["app.kubernetes.io/name"],
  },
  "a type": {
    text: `${SERVICE}spec:\n  type: |\n`,
    at: ["spec", "type"],
    offered: ["ClusterIP", "NodePort"],
    isValue: true,
  },
  "a type without the blank": {
    text: `${SERVICE}spec:\n  type:|\n`,
    at: ["spec", "type"],
    offered: ["ClusterIP"],
    isValue: true,
  },
  "half a type": {
    text: `${SERVICE}spec:\n  type: No|\n`,
    at: ["spec", "type"],
    offered: ["ClusterIP", "NodePort"],
    isValue: true,
  },
  "a type in quotes": {
    text: `${SERVICE}spec:\n  type: "No|"\n`,
    at: ["spec", "type"],
    offered: ["NodePort"],
    isValue: true,
  },
  "a type in JSON": {
    text: '{"apiVersion": "v1", "kind": "Service", "spec": {"type": |}}',
    at: ["spec", "type"],
    offered: ["NodePort"],
    isValue: true,
  },
  "a cluster IP": {
    text: `${SERVICE}spec:\n  clusterIP: |\n`,
    at: ["spec", "clusterIP"],
    offered: ["None"],
    isValue: true,
  },
  "a boolean": {
    text: `${SERVICE}spec:\n  publishNotReadyAddresses: |\n`,
    at: ["spec", "publishNotReadyAddresses"],
    offered: ["true", "false"],
    isValue: true,
  },
  families: {
    text: `${SERVICE}spec:\n  ipFamilies:\n    |\n`,
    at: ["spec", "ipFamilies", 0],
    offered: ["IPv4", "IPv6"],
    isValue: true,
  },
  "families on the line of the key": {
    text: `${SERVICE}spec:\n  ipFamilies: |\n`,
    at: ["spec", "ipFamilies", 0],
    offered: ["IPv4"],
    isValue: true,
  },
  "another family": {
    text: `${SERVICE}spec:\n  ipFamilies: [IPv4, |]\n`,
    at: ["spec", "ipFamilies", 1],
    offered: ["IPv6"],
    notOffered: ["IPv4"],
    isValue: true,
  },
  "an annotation's value": {
    text: `${SERVICE}metadata:\n  annotations:\n    ${AWS}: |\n`,
    at: ["metadata", "annotations", AWS],
    offered: ["internal"],
    isValue: true,
  },
  "an annotation's boolean": {
    text: `${SERVICE}metadata:\n  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-access-log-enabled: |\n`,
    at: ["metadata", "annotations", "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled"],
    offered: ["true", "false"],
    isValue: true,
  },
  "a document that says its version": { text: "apiVersion: v1\n|", at: [], offered: ["kind"] },
  "a kind": { text: "apiVersion: v1\nkind: |", at: ["kind"], offered: ["Service", "ServicePolicy"], isValue: true },
  "a policy": { text: `${POLICY}spec:\n  |\n`, at: ["spec"], offered: ["match", "rules", "validations"] },
  "a rule": {
    text: `${POLICY}spec:\n  rules:\n    - |\n`,
    at: ["spec", "rules", 0],
    offered: ["rule", "action", "parameters"],
  },
  "a rule's id": {
    text: `${POLICY}spec:\n  rules:\n    - rule: |\n`,
    at: ["spec", "rules", 0, "rule"],
    offered: ["named-ports"],
    isValue: true,
  },
  "a rule's parameter": {
    text: `${POLICY}spec:\n  rules:\n    - rule: named-ports\n      parameters:\n        |\n`,
    at: ["spec", "rules", 0, "parameters"],
    offered: ["pattern"],
  },
  "an action": {
    text: `${POLICY}spec:\n  rules:\n    - { rule: named-ports, action: | }\n`,
    at: ["spec", "rules", 0, "action"],
    offered: ["deny", "warn"],
    isValue: true,
  },
  "a file of settings": { text: "fail|", file: ".fairlead.yaml", at: [], offered: ["failOn", "policy", "complete"] },
  "a setting": {
    text: "failOn: |",
    file: "a/.fairlead.yaml",
    at: ["failOn"],
    offered: ["error", "warning"],
    isValue: true,
  },
  "a version": {
    text: "kubernetesVersion: |",
    file: ".fairlead.yaml",
    at: ["kubernetesVersion"],
    offered: ["1.36", "1.30", "1.27"],
    isValue: true,
  },
  "a version in single quotes": {
    text: "kubernetesVersion: '1.|'",
    file: ".fairlead.yaml",
    at: ["kubernetesVersion"],
    offered: ["1.36"],
    isValue: true,
  },
  "folders that are applied on their own": {
    text: "sets:\n  - |",
    file: ".fairlead.yaml",
    at: ["sets", 0],
    offered: [".", "*", "teams/*"],
    isValue: true,
  },
  "folders that are applied on their own, on the line of the key": {
    text: "sets: |",
    file: ".fairlead.yaml",
    at: ["sets", 0],
    offered: ["teams/*"],
    isValue: true,
  },
  "a ready-made set": {
    text: "policy:\n- |",
    file: ".fairlead.yaml",
    at: ["policy", 0],
    offered: ["baseline", "coming-from/trivy/KSV-0108"],
    isValue: true,
  },
  "a setting that is a list": {
    text: "featureGate:\n  |",
    file: ".fairlead.yaml",
    at: ["featureGate", 0],
    offered: ["ServiceTrafficDistribution=true"],
    isValue: true,
  },
  "half a key of a document that does not say what it is": {
    text: "metadata:\n  name: a\nki|\n",
    at: [],
    offered: ["apiVersion", "kind"],
  },
  "a key of a document that does not say what it is": {
    text: "ki|: Service\nmetadata: {}\n",
    at: [],
    offered: ["apiVersion", "kind"],
  },
  "a document of other keys": { text: "services:\n  web: {}\n|\n", at: [], offered: [] },
  "half a key in a document of other keys": { text: "on: push\njobs: {}\nna|\n", at: [], offered: [] },
  "a key of a document of other keys": { text: "versi|on: 3\nservices: {}\n", at: [], offered: [] },
  "JSON of other keys": { text: '{"name": "a", |"version": "1.0.0"}', at: [], offered: [] },
  "a list": { text: "- name: a\n  |\n", at: [], offered: [] },
  "another kind": { text: "apiVersion: apps/v1\nkind: Deployment\nspec:\n  |\n", at: ["spec"], offered: [] },
  "a comment": { text: `${SERVICE}spec: # |\n  type: NodePort\n`, at: [], offered: [] },
  "a quote that closes in the column of its key": {
    text: `${SERVICE}metadata:\n  annotations:\n    a: "x\n    |"\n`,
    at: [],
    offered: [],
  },
  "behind a quote that closes further out": {
    text: `${SERVICE}metadata:\n  annotations:\n    a: 'x\n  '|\n  name: a\n`,
    at: [],
    offered: [],
  },
  "an empty line within quotes": {
    text: `${SERVICE}metadata:\n  annotations:\n    a: "x\n    |\n      y"\n`,
    at: [],
    offered: [],
  },
  "a value of several lines": { text: `${SERVICE}spec:\n  type: "Node\n    |Port"\n`, at: [], offered: [] },
  "a text of several lines": {
    text: `${SERVICE}metadata:\n  annotations:\n    a: x\n  |\n      y\n`,
    at: [],
    offered: [],
  },
  "a block of text": { text: `${SERVICE}metadata:\n  annotations:\n    a: |-\n      |\n`, at: [], offered: [] },
};
