/** Admission plugins of the API server that refuse Services after its own validation. */
export { judgeByPlugins } from "./plugins.ts";
