import { EXTERNAL_DNS, OPENSHIFT_SERVICE_CA, OPENSHIFT_SERVICE_CA_ALPHA } from "../addons/index.ts";
import type { AnnotationReader } from "../kit/index.ts";
import { ALIBABA, ALICLOUD } from "./alibaba.ts";
import { AWS, AWS_LOAD_BALANCER_CONTROLLER } from "./aws.ts";
import { AZURE } from "./azure.ts";
import { KUBE_VIP, METALLB } from "./bare-metal.ts";
import { CILIUM, CILIUM_LB_IPAM, CILIUM_SERVICE } from "./cilium.ts";
import { DIGITALOCEAN, DIGITALOCEAN_DISOWN } from "./digitalocean.ts";
import { GKE, GOOGLE_CLOUD } from "./google.ts";
import { HETZNER } from "./hetzner.ts";
import { IBM } from "./ibm.ts";
import { LINODE } from "./linode.ts";
import { OPENSTACK, OPENSTACK_INTERNAL } from "./openstack.ts";
import { ORACLE, ORACLE_NETWORK_LOAD_BALANCER, ORACLE_OCI } from "./oracle.ts";
import { SCALEWAY } from "./scaleway.ts";

/** The annotations of each controller, with their source. A controller whose list could not be read is not here. */
export const READERS: readonly AnnotationReader[] = [
  ALIBABA,
  ALICLOUD,
  AWS,
  AWS_LOAD_BALANCER_CONTROLLER,
  AZURE,
  CILIUM,
  CILIUM_LB_IPAM,
  CILIUM_SERVICE,
  DIGITALOCEAN,
  DIGITALOCEAN_DISOWN,
  EXTERNAL_DNS,
  GKE,
  GOOGLE_CLOUD,
  HETZNER,
  IBM,
  KUBE_VIP,
  LINODE,
  METALLB,
  OPENSHIFT_SERVICE_CA,
  OPENSHIFT_SERVICE_CA_ALPHA,
  OPENSTACK,
  OPENSTACK_INTERNAL,
  ORACLE,
  ORACLE_NETWORK_LOAD_BALANCER,
  ORACLE_OCI,
  SCALEWAY,
];
