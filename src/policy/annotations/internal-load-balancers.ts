/** An annotation that makes a load balancer internal. */
export interface InternalAnnotation {
  readonly key: string;
  /** The values that make it internal, separated by |; an asterisk for any value but a no. */
  readonly values: string;
  /** A newer annotation: if it is present, this one is ignored. */
  readonly replacedBy?: string;
  readonly source: string;
}

/** A class whose load balancers are internal. */
export interface InternalClass {
  readonly name: string;
  /** Annotations that decide in place of the class if they are present. */
  readonly unless?: readonly string[];
  readonly source: string;
}

/** What Go's strconv.ParseBool reads as true. */
const GO_TRUE = "true|TRUE|True|t|T|1";

const AWS_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const AWS_INTERNAL = "service.beta.kubernetes.io/aws-load-balancer-internal";
const AWS_SOURCE = "aws-load-balancer-controller v3.5.0, pkg/service/model_build_load_balancer.go";

/** The annotations of clouds that make a load balancer internal. */
export const INTERNAL_ANNOTATIONS: readonly InternalAnnotation[] = [
  { key: AWS_SCHEME, values: "internal", source: AWS_SOURCE },
  {
    key: AWS_INTERNAL,
    values: "*",
    replacedBy: AWS_SCHEME,
    source: `cloud-provider-aws v1.36.1, pkg/providers/v1/aws.go (any text but "false"); ${AWS_SOURCE} (a boolean)`,
  },
  {
    key: "service.beta.kubernetes.io/azure-load-balancer-internal",
    values: "true|True|TRUE",
    source: "cloud-provider-azure v1.36.5, pkg/consts/helpers.go",
  },
  {
    key: "networking.gke.io/load-balancer-type",
    values: "Internal|internal",
    source: "cloud-provider-gcp v36.3.8, providers/gce/gce_annotations.go",
  },
  {
    key: "cloud.google.com/load-balancer-type",
    values: "Internal|internal",
    replacedBy: "networking.gke.io/load-balancer-type",
    source: "cloud-provider-gcp v36.3.8, providers/gce/gce_annotations.go",
  },
  {
    key: "service.beta.kubernetes.io/openstack-internal-load-balancer",
    values: "true",
    source: "cloud-provider-openstack v1.36.0, pkg/openstack/loadbalancer.go",
  },
  {
    key: "service.beta.kubernetes.io/oci-load-balancer-internal",
    values: GO_TRUE,
    source: "oci-cloud-controller-manager v1.35.0, pkg/cloudprovider/providers/oci/load_balancer_spec.go",
  },
  {
    key: "oci-network-load-balancer.oraclecloud.com/internal",
    values: GO_TRUE,
    source: "oci-cloud-controller-manager v1.35.0, pkg/cloudprovider/providers/oci/load_balancer_spec.go",
  },
  {
    key: "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type",
    values: "intranet|Intranet",
    source: "cloud-provider-alibaba-cloud v2.14.0, pkg/model/load_balancer.go and docs/usage.md",
  },
  {
    key: "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid",
    values: "*",
    source: "Tencent Kubernetes Engine documentation, Service Annotation (2024-12-23)",
  },
  {
    key: "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type",
    values: "private",
    source: "cloud-provider-ibm at 2024-10-23, pkg/vpcctl/vpc_sdk_base.go",
  },
  {
    key: "service.beta.kubernetes.io/do-loadbalancer-network",
    values: "INTERNAL",
    source: "digitalocean-cloud-controller-manager v0.1.68, docs/controllers/services/annotations.md",
  },
  {
    key: "load-balancer.hetzner.cloud/disable-public-network",
    values: GO_TRUE,
    source: "hcloud-cloud-controller-manager v1.35.0, internal/annotation/load_balancer.go",
  },
  {
    key: "service.beta.kubernetes.io/scw-loadbalancer-private",
    values: GO_TRUE,
    source: "scaleway-cloud-controller-manager v0.36.2, scaleway/loadbalancers_annotations.go",
  },
];

/** With these values the load balancer faces the internet, whatever other annotations say. */
export const PUBLIC_ANNOTATIONS: ReadonlyMap<string, string> = new Map([[AWS_SCHEME, "internet-facing"]]);

/** The classes of clouds whose load balancers are internal. */
export const INTERNAL_CLASSES: readonly InternalClass[] = [
  { name: "service.k8s.aws/nlb", unless: [AWS_SCHEME, AWS_INTERNAL], source: AWS_SOURCE },
  {
    name: "eks.amazonaws.com/nlb",
    unless: [AWS_SCHEME, AWS_INTERNAL],
    source: "Amazon EKS user guide, Use Service Annotations to configure Network Load Balancers (2026)",
  },
  {
    name: "networking.gke.io/l4-regional-internal",
    source: "GKE documentation, LoadBalancer Service parameters (2026); ingress-gce at acbcf5d66, pkg/l4/annotations",
  },
  {
    name: "networking.gke.io/l4-regional-internal-legacy",
    source: "cloud-provider-gcp v36.3.8, providers/gce/gce_annotations.go",
  },
];

/**
 * Classes whose load balancers face the internet, whatever annotations say. Source: cloud-provider-gcp v36.3.8,
 * providers/gce/gce_annotations.go; ingress-gce at acbcf5d66, pkg/l4/annotations.
 */
export const EXTERNAL_CLASSES: readonly string[] = [
  "networking.gke.io/l4-regional-external",
  "networking.gke.io/l4-regional-external-legacy",
];
