/** Rules about names, namespaces, labels and annotations. */
export { cloudAnnotations } from "./cloud-annotations.ts";
export { controllerAnnotations } from "./controller-annotations.ts";
export { forbiddenAnnotations } from "./forbidden-annotations.ts";
export { forbiddenLabels } from "./forbidden-labels.ts";
export { forbiddenNamespaces } from "./forbidden-namespaces.ts";
export { requiredAnnotations } from "./required-annotations.ts";
export { requiredLabels } from "./required-labels.ts";
export { serviceLinkName } from "./service-link-name.ts";
