/** Renders charts and overlays with the programs of the user, and finds where a place in the outcome comes from. */
export { resourceFiles } from "./kustomization.ts";
export { type Origin, Origins } from "./origin.ts";
export { type RenderFailure, type Rendering, renderAll, type RenderOptions } from "./render.ts";
export { marksRenderTarget, type RenderPlan, renderPlan, type RenderTarget } from "./targets.ts";
