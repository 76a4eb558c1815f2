import { type AnnotationReader, TEXT, word } from "../kit/index.ts";

/** The annotations for VPC clusters; the list of those for classic clusters could not be read. */
export const IBM: AnnotationReader = {
  name: "the cloud controller manager of IBM Cloud",
  source: "cloud-provider-ibm at 2024-10-23, pkg/vpcctl/vpc_config.go and vpc_sdk_base.go",
  domains: ["service.kubernetes.io"],
  start: "ibm-load-balancer-cloud-provider-",
  names: {
    "enable-features": TEXT,
    "ip-type": word("public", "private"),
    "vpc-lb-name": TEXT,
    "vpc-node-selector": TEXT,
    "vpc-subnets": TEXT,
    zone: TEXT,
  },
};
