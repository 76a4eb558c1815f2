import { type AnnotationReader, INTEGER, OBJECT_NAME, TEXT } from "../kit/index.ts";

const BETA = "service.beta.openshift.io";

/** What it reads of Services of every type; the annotations beside the Secret's name it writes itself. */
const COMMON = {
  name: "the service CA of OpenShift",
  source:
    "service-ca-operator at 72361a8fa, pkg/controller/api/api.go and " +
    "pkg/controller/servingcert/controller/secret_creating_controller.go",
  types: "all",
  names: {
    "serving-cert-generation-error": TEXT,
    "serving-cert-generation-error-num": INTEGER,
    "serving-cert-secret-name": OBJECT_NAME,
    "serving-cert-signed-by": TEXT,
  },
  elsewhere: {
    expiry: "Secrets",
    "inject-cabundle": "ConfigMaps, APIServices, CustomResourceDefinitions and webhook configurations",
    "originating-service-name": "Secrets",
    "originating-service-uid": "Secrets",
  },
} as const satisfies Omit<AnnotationReader, "domains">;

export const OPENSHIFT_SERVICE_CA: AnnotationReader = { ...COMMON, domains: [BETA] };

/** The names of OpenShift 3: a Secret's name under them counts only where there is none under the newer one. */
export const OPENSHIFT_SERVICE_CA_ALPHA: AnnotationReader = {
  ...COMMON,
  domains: ["service.alpha.openshift.io"],
  replacedBy: { "serving-cert-secret-name": `${BETA}/serving-cert-secret-name` },
};
