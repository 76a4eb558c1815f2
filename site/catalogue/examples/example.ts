/** The vocabulary of the examples: plain data, which the tests run, the pages show and the playground opens. */

/** What an example is judged by, where it is not the default of `fairlead check`. The names are those of its options. */
export interface ExampleSettings {
  /** Such as `1.32`. */
  readonly kubernetesVersion?: string;
  /** The name of a built-in profile. */
  readonly profile?: "ipv4" | "ipv6" | "dual" | "dual6";
  /** Ranges as `--service-cidr` takes them, separated by commas. */
  readonly serviceCIDR?: string;
  /** A range as `--node-port-range` takes it. */
  readonly nodePortRange?: string;
  /** OpenShift's policy of external IPs: which ranges it allows; none if the list is empty. */
  readonly externalIPs?: readonly string[];
  readonly fieldValidation?: "strict" | "warn" | "ignore";
  readonly dryRun?: boolean;
  readonly apply?: "client" | "server-side" | "replace";
  /** The other objects in the cluster, as YAML: all there are. */
  readonly others?: string;
  /** The namespace of a manifest that names none. */
  readonly namespace?: string;
}

/** A request that no manifest stands for. */
export interface OnlyInRequests {
  readonly because: string;
  /** The namespace that it is sent to, if the object names another one. */
  readonly namespace?: string;
  /** What it is a request for, if not to create the Service: then `before` is the stored one, or `bad` if it is deleted. */
  readonly operation?: "status" | "delete";
}

/** A text with a fault, and the same text put right. */
export interface CatalogueExample {
  readonly bad: string;
  readonly good: string;
  /** The Service as it was before; for the good text, too. */
  readonly before?: string;
  /** The Service as it was before the good text, if that is the difference. */
  readonly goodBefore?: string;
  /** The policy that finds it. */
  readonly policy?: string;
  readonly settings?: ExampleSettings;
  /** What the good text is judged by, if that is the difference. */
  readonly goodSettings?: ExampleSettings;
  /** What else is found in the bad text, because one comes with the other. */
  readonly also?: readonly string[];
  /** Why the API server, or whoever reads the Service, cannot have it so. */
  readonly why?: string;
  /** What a reader may miss in the examples. */
  readonly note?: string;
  /**
   * What stands for a text that is too long to be shown: where the example is run, `mark` is replaced by `text`,
   * so many times. Such an example cannot be linked to.
   */
  readonly filler?: { readonly mark: string; readonly text: string; readonly times: number };
  /** Why `fairlead check` never finds it, whatever the manifest: then only the webhook does, in such a request. */
  readonly onlyInRequests?: OnlyInRequests;
}

/** A rule that no text alone can break: it is about files, or about what a command was asked for. */
export interface ExampleInWords {
  readonly notAManifest: string;
  readonly why?: string;
  /** What to do about it, as a sentence; absent if nothing can be done. */
  readonly fix?: string;
  /** The files, the command and what it prints, as in a terminal. */
  readonly session?: string;
}
