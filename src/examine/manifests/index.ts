/** The manifests in a document, and what is no manifest: templates, kustomizations. */
export { asSent } from "./as-sent.ts";
export { isKustomization, KUSTOMIZATION_NAMES } from "./kustomization-name.ts";
export { type Manifest, manifestsOf } from "./manifests.ts";
export { looksLikeManifest, mayHoldManifest, placeholderOnLine, templateAction } from "./templates.ts";
