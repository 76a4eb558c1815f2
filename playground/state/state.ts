/** What the playground shows, as a link keeps it. Every part has a default: see `FIRST_STATE`. */
export interface PlaygroundState {
  /** The manifest, as YAML or JSON; other objects in it are around the Service. */
  readonly manifest: string;
  /** The object before, for an update. */
  readonly before: string;
  /** The text of the user's own policy. */
  readonly policy: string;
  /** `none`, `own`, or the name of a ready-made set. */
  readonly policySet: string;
  /** A version of Kubernetes, `1.36`, or of OpenShift, `openshift 4.20`. */
  readonly version: string;
  /** The name of a built-in profile. */
  readonly profile: string;
  /** Service CIDRs, separated by commas, instead of those of the profile; empty for those. */
  readonly serviceCIDR: string;
  /** The range of node ports, `30000-32767`, instead of that of the profile; empty for that. */
  readonly nodePortRange: string;
  /** Which external IPs OpenShift's policy allows: ranges, separated by commas, or `none`; empty where there is no policy. */
  readonly externalIPs: string;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** Whether the manifest has all objects of the cluster, so that what seems to be missing is missing (`--complete`). */
  readonly isComplete: boolean;
  readonly operation: "create" | "update";
  readonly apply: "client" | "server-side" | "replace";
  readonly fieldValidation: "strict" | "warn" | "ignore";
  readonly dryRun: boolean;
}

/** What a visitor sees first: a Service with the mistakes that people make most. */
export const FIRST_STATE: PlaygroundState = {
  manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 8080
      nodePort: 8080
      protocol: tcp
`,
  before: "",
  policy: "",
  policySet: "baseline",
  version: "1.36",
  profile: "ipv4",
  serviceCIDR: "",
  nodePortRange: "",
  externalIPs: "",
  namespace: "default",
  isComplete: false,
  operation: "create",
  apply: "client",
  fieldValidation: "strict",
  dryRun: false,
};

/** The choices of each part that is not free text. */
export const CHOICES = {
  operation: ["create", "update"],
  apply: ["client", "server-side", "replace"],
  fieldValidation: ["strict", "warn", "ignore"],
} as const;
